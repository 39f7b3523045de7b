//! Taxes: what staff enter, and which rates come of it.

mod answer;
mod class;
mod rate;
mod remote;
mod service;
mod variant;
mod zone;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tradepost::address::Place;
use tradepost::app::App;
use tradepost::auth::Permission;
use tradepost::clock::Timestamp;
use tradepost::pricing::TaxPair;
use tradepost::tax::{Answer, Failure, Question};

use crate::support::{Client, TestApp, fixture};

async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::TaxRead, Permission::TaxWrite]).await
}

/// Runs a mutation that takes an id and an input, and tells its user errors.
async fn errors(staff: &Client, mutation: &str, id: &str, input: Value) -> Vec<String> {
    fixture::update(staff, mutation, id, input).await.user_errors()
}

/// Runs `taxClassDelete` or the like.
async fn delete(staff: &Client, mutation: &str, id: &str) -> Vec<String> {
    let operation =
        format!("mutation($id: ID!) {{ {mutation}(id: $id) {{ userErrors {{ code message field limit }} }} }}");
    staff.run(&operation, json!({ "id": id })).await.user_errors()
}

/// What an audit entry about an object says of its newest change, each as `field: before -> after`.
async fn changes(app: &TestApp, object: &str) -> Vec<String> {
    let auditor = app.staff(&[Permission::AuditRead]).await;
    let list = "query($object: ID!) { auditEntries(first: 1, filter: { object: $object }) {
        nodes { changes { field before after } } } }";
    let reply = auditor.run(list, json!({ "object": object })).await;
    let changes = reply.at("/auditEntries/nodes/0/changes").as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    changes
        .iter()
        .map(|change| format!("{}: {} -> {}", text(&change["field"]), text(&change["before"]), text(&change["after"])))
        .collect()
}

/// A place by its country, region and postal code.
fn place(country: &str, region: Option<&str>, postal_code: Option<&str>) -> Place {
    Place {
        country: country.to_owned(),
        region: region.map(str::to_owned),
        postal_code: postal_code.map(str::to_owned),
    }
}

/// What is asked of goods that go from a shop in Germany to a place.
fn question(place: Place, classes: &[Option<&str>]) -> Question {
    let classes: BTreeSet<_> = classes.iter().map(|class| class.map(|id| id.parse().unwrap())).collect();
    Question { home_country: "DE".to_owned(), place, classes, at: Timestamp::now() }
}

async fn ask(app: &App, question: &Question) -> Result<Answer, Failure> {
    app.tax.provider.rates(app.db().reader(), question).await
}

/// The percentages of home and zone.
fn percentages(pair: TaxPair) -> (String, String) {
    (pair.home.to_string(), pair.zone.to_string())
}

/// The percentages of what has no class.
fn plain(answer: &Answer) -> (String, String) {
    percentages(answer.of(None))
}

/// The same as texts to compare with.
fn pair(home: &str, zone: &str) -> (String, String) {
    (home.to_owned(), zone.to_owned())
}

fn instant(text: &str) -> Timestamp {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
}
