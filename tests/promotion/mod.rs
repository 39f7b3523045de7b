//! Promotions: how staff enter them, their codes and limits, and which of them a cart can have.

mod candidates;
mod codes;
mod create;
mod limits;
mod list;
mod race;
mod refused;
mod update;

use serde_json::{Value, json};
use tradepost::auth::Permission;

use crate::support::fixture::with;
use crate::support::{Client, Reply, TestApp, fixture};

const CREATE: &str = "mutation($input: PromotionCreateInput!) { promotionCreate(input: $input) {
    promotion { id name class version } userErrors { code message field limit } } }";
const UPDATE: &str = "mutation($id: ID!, $input: PromotionUpdateInput!) { promotionUpdate(id: $id, input: $input) {
    promotion { id name class needsCode version channels { slug } }
    userErrors { code message field limit } } }";
const DELETE: &str = "mutation($id: ID!) { promotionDelete(id: $id) {
    promotion { id } userErrors { code message field } } }";
const ADD: &str = "mutation($id: ID!, $input: PromotionCodesAddInput!) { promotionCodesAdd(id: $id, input: $input) {
    promotion { id } codes { id code usageLimit useCount createdAt } userErrors { code message field limit } } }";
const GENERATE: &str = "mutation($id: ID!, $input: PromotionCodesGenerateInput!) {
    promotionCodesGenerate(id: $id, input: $input) {
        promotion { id } codes { id code usageLimit } userErrors { code message field limit } } }";

pub async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::PromotionRead, Permission::PromotionWrite]).await
}

/// The id of the default channel.
pub async fn channel(client: &Client) -> String {
    client.query("{ channels { id } }").await.text("/channels/0/id")
}

/// Ten percent off every order of the default channel, but for what is said.
pub async fn create(staff: &Client, change: Value) -> Reply {
    let base = json!({
        "name": "Sale",
        "channels": [channel(staff).await],
        "action": { "order": { "discount": { "percentage": "10" } } },
    });
    staff.run(CREATE, json!({ "input": with(base, change) })).await
}

pub async fn promotion(staff: &Client, change: Value) -> String {
    let reply = create(staff, change).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    reply.text("/promotionCreate/promotion/id")
}

async fn update(staff: &Client, id: &str, input: Value) -> Reply {
    staff.run(UPDATE, json!({ "id": id, "input": input })).await
}

async fn add(staff: &Client, id: &str, input: Value) -> Reply {
    staff.run(ADD, json!({ "id": id, "input": input })).await
}

/// A promotion of one code.
async fn coded(staff: &Client, code: &str, change: Value) -> String {
    let id = promotion(staff, with(json!({ "needsCode": true }), change)).await;
    assert_eq!(add(staff, &id, json!({ "codes": [code] })).await.user_errors(), [""; 0]);
    id
}

async fn generate(staff: &Client, id: &str, input: Value) -> Reply {
    staff.run(GENERATE, json!({ "id": id, "input": input })).await
}

/// Fields of a promotion.
async fn read(staff: &Client, id: &str, fields: &str) -> Value {
    let reply =
        staff.run(&format!("query($id: ID!) {{ promotion(id: $id) {{ {fields} }} }}"), json!({ "id": id })).await;
    reply.at("/promotion").clone()
}

/// A promotion of each kind of action, of whose parts none is missing.
pub async fn one_of_each(staff: &Client) {
    let percentage = json!({ "percentage": "10" });
    let amount = json!({ "amount": [{ "amount": "5.00", "currency": "USD" }] });
    let gift = fixture::product(staff, json!({ "name": "Gift" })).await;
    let actions = [
        json!({ "catalogue": { "discount": percentage } }),
        json!({ "items": { "discount": percentage } }),
        json!({ "units": { "discount": percentage, "units": 1 } }),
        json!({ "buyGet": { "buyUnits": 2, "rewardUnits": 1, "discount": percentage } }),
        json!({ "order": { "discount": amount } }),
        json!({ "gift": { "variant": fixture::variant(staff, &gift).await } }),
        json!({ "shipping": { "discount": percentage } }),
    ];
    for action in actions {
        promotion(staff, json!({ "action": action })).await;
    }
    coded(staff, "WELCOME", json!({})).await;
}
