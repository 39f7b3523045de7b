//! What other systems of the shop call with: how it is made, what it is good for, and how it ends.

mod made;
mod refused;
mod used;

use serde_json::{Value, json};

use crate::support::{Client, Reply, TestApp};

const FIELDS: &str =
    "id name ending permissions isLimited channels { slug } createdBy { id } status expiresAt lastUsedAt
    revokedAt createdAt";

/// Runs `apiTokenCreate`.
async fn create(staff: &Client, change: Value) -> Reply {
    let operation = format!(
        "mutation($input: ApiTokenCreateInput!) {{ apiTokenCreate(input: $input) {{
            apiToken {{ {FIELDS} }} token userErrors {{ code message field }} }} }}"
    );
    let input = crate::support::fixture::with(json!({ "name": "ERP", "permissions": ["PRODUCT_READ"] }), change);
    staff.run(&operation, json!({ "input": input })).await
}

/// A token that was made: its id, and a client that calls with it.
async fn made(app: &TestApp, staff: &Client, change: Value) -> (String, Client) {
    let reply = create(staff, change).await;
    let secret = reply.text("/apiTokenCreate/token");
    (reply.text("/apiTokenCreate/apiToken/id"), Client::new(app.router.clone(), Some(secret)))
}

async fn revoke(staff: &Client, id: &str) -> Reply {
    const REVOKE: &str = "mutation($id: ID!) { apiTokenRevoke(id: $id) {
        apiToken { id status revokedAt } userErrors { code message field } } }";
    staff.run(REVOKE, json!({ "id": id })).await
}

async fn find(staff: &Client, id: &str) -> Value {
    let query = format!("query($id: ID!) {{ apiToken(id: $id) {{ {FIELDS} }} }}");
    staff.run(&query, json!({ "id": id })).await.at("/apiToken").clone()
}
