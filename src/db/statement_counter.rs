//! Counts the SQL statements of one request, however many tasks it runs in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

tokio::task_local! {
    static STATEMENTS: Arc<AtomicU32>;
}

/// A count that all scopes opened with it share.
#[derive(Clone, Debug, Default)]
pub struct StatementCounter(Arc<AtomicU32>);

impl StatementCounter {
    /// The counter of the scope that this task runs in, or a fresh one outside of any.
    pub fn current() -> Self {
        Self(STATEMENTS.try_with(Arc::clone).unwrap_or_default())
    }

    /// Runs a future and counts the statements that it sends. A task spawned inside needs a scope of its own.
    pub async fn scope<F: Future>(&self, future: F) -> F::Output {
        STATEMENTS.scope(Arc::clone(&self.0), future).await
    }

    pub fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Notes one statement in the scope of the running task, if there is one.
pub(super) fn count() {
    // Outside of a request, at start-up or in a command, nobody counts.
    let _ = STATEMENTS.try_with(|statements| statements.fetch_add(1, Ordering::Relaxed));
}
