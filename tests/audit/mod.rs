//! What those who run the shop did is written down: who, what, when, and what was there before.

mod changes;
mod list;

use serde_json::{Value, json};
use tradepost::auth::Permission;

use crate::support::{Client, TestApp};

const LIST: &str = "query($first: Int, $after: String, $last: Int, $before: String, $filter: AuditEntryFilter) {
    auditEntries(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount pageInfo { endCursor startCursor hasNextPage }
        nodes { id action actor { kind id name } objectType object changes { field before after } address createdAt }
    } }";

/// Entries as those see them who may, the newest first.
async fn entries(app: &TestApp, filter: Value) -> Vec<Value> {
    let auditor = app.staff(&[Permission::AuditRead, Permission::StaffRead]).await;
    let reply = auditor.run(LIST, json!({ "filter": filter, "first": 100 })).await;
    reply.at("/auditEntries/nodes").as_array().unwrap().clone()
}

/// The actions of entries about an object, the oldest first.
async fn actions(app: &TestApp, object: &str) -> Vec<String> {
    let mut entries = entries(app, json!({ "object": object })).await;
    entries.reverse();
    entries.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

/// What the newest entry about an object says was changed, each as `field: before -> after`.
async fn changes(app: &TestApp, object: &str) -> Vec<String> {
    let entries = entries(app, json!({ "object": object })).await;
    let changes = entries[0]["changes"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    changes
        .map(|change| {
            let (before, after) = (text(&change["before"]), text(&change["after"]));
            format!("{}: {before} -> {after}", change["field"].as_str().unwrap())
        })
        .collect()
}

async fn own_id(client: &Client) -> String {
    client.query("{ viewer { staffUser { id } } }").await.text("/viewer/staffUser/id")
}
