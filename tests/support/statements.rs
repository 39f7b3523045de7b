//! Counts the statements of a request as the access log tells them.

use std::cell::Cell;
use std::sync::LazyLock;

use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

use super::{Client, Reply};

tokio::task_local! {
    static STATEMENTS: Cell<Option<u64>>;
}

/// Shared by all tests, and two of them: as long as there is a single one, whichever thread first reaches a line of the
/// log decides for all threads that nobody listens.
static LOGS: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [log(), log()]);

fn log() -> Dispatch {
    tracing_subscriber::registry().with(AccessLog).into()
}

/// Runs a query and tells how many statements it took: the fewer of two, because the first may find that nothing is
/// remembered yet, and the second that it has just been forgotten.
pub async fn counted(client: &Client, query: &str, variables: Value) -> (Reply, u64) {
    let (_, first) = count(client, query, variables.clone()).await;
    let (reply, second) = count(client, query, variables).await;
    (reply, first.min(second))
}

async fn count(client: &Client, query: &str, variables: Value) -> (Reply, u64) {
    let [log, _] = LOGS.clone();
    tracing::callsite::rebuild_interest_cache();
    let run = async {
        let reply = client.run(query, variables).await;
        (reply, STATEMENTS.with(Cell::get))
    };
    let (reply, statements) = STATEMENTS.scope(Cell::new(None), run.with_subscriber(log)).await;
    (reply, statements.unwrap_or_else(|| panic!("the access log told no number of statements")))
}

struct AccessLog;

impl<S: Subscriber> Layer<S> for AccessLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "tradepost::access" {
            event.record(&mut Statements);
        }
    }
}

struct Statements;

impl Visit for Statements {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "db.statements" {
            STATEMENTS.with(|statements| statements.set(Some(value)));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
