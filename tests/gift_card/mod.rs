//! Gift cards: how they are issued and changed, what they pay, and that no money comes or goes unseen.

mod balance;
mod issue;
mod list;
mod once;
mod race;
mod update;

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::auth::Permission;
use tradepost::entity::{audit_entry, event, gift_card, gift_card_entry, idempotency_key};
use tradepost::id::GiftCardId;

use crate::support::{Client, Reply, TestApp, fixture, sql};

const FIELDS: &str = "id ending status initialBalance { amount currency } balance { amount currency } note expiresAt
    disabledAt externalId metadata { key value } privateMetadata { key } version
    entries { totalCount nodes { sequence kind amount { amount } balanceAfter { amount } reason actorKind actor } }";

/// Who may do everything with gift cards.
async fn staff(app: &TestApp) -> Client {
    app.staff(&[Permission::GiftCardRead, Permission::GiftCardWrite]).await
}

/// A key that no request had before.
fn fresh() -> String {
    GiftCardId::generate().to_string()
}

/// Runs `giftCardIssue` for 50.00 EUR, under a fresh key if none is given.
async fn issue(staff: &Client, change: Value) -> Reply {
    let operation = format!(
        "mutation($input: GiftCardIssueInput!) {{ giftCardIssue(input: $input) {{
            giftCard {{ {FIELDS} }} code userErrors {{ code message field limit }} }} }}"
    );
    let base = json!({ "idempotencyKey": fresh(), "amount": { "amount": "50", "currency": "EUR" } });
    staff.run(&operation, json!({ "input": fixture::with(base, change) })).await
}

/// A card that was issued: its id and its code.
async fn issued(staff: &Client, change: Value) -> (String, String) {
    let reply = issue(staff, change).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    (reply.text("/giftCardIssue/giftCard/id"), reply.text("/giftCardIssue/code"))
}

/// Runs `giftCardBalanceAdjust`, under a fresh key if none is given.
async fn adjust(staff: &Client, id: &str, change: Value) -> Reply {
    let operation = format!(
        "mutation($id: ID!, $input: GiftCardBalanceAdjustInput!) {{ giftCardBalanceAdjust(id: $id, input: $input) {{
            giftCard {{ {FIELDS} }} userErrors {{ code message field amount {{ amount currency }} }} }} }}"
    );
    let base = json!({ "idempotencyKey": fresh(), "change": "1", "reason": "A gift." });
    staff.run(&operation, json!({ "id": id, "input": fixture::with(base, change) })).await
}

/// Runs `giftCardDisable` or `giftCardEnable`.
async fn switch(staff: &Client, mutation: &str, id: &str) -> Reply {
    let operation = format!(
        "mutation($id: ID!) {{ {mutation}(id: $id) {{
            giftCard {{ {FIELDS} }} userErrors {{ code message field }} }} }}"
    );
    staff.run(&operation, json!({ "id": id })).await
}

async fn read(staff: &Client, id: &str) -> Value {
    let query = format!("query($id: ID!) {{ giftCard(id: $id) {{ {FIELDS} }} }}");
    staff.run(&query, json!({ "id": id })).await.at("/giftCard").clone()
}

async fn balance(staff: &Client, id: &str) -> String {
    read(staff, id).await["balance"]["amount"].as_str().unwrap().to_owned()
}

fn parse(id: &str) -> GiftCardId {
    id.parse().unwrap()
}

/// The entries of every card add up to its balance, each from the one before, numbered without gaps.
async fn assert_proved(app: &TestApp) {
    let db = app.app.db();
    let cards = gift_card::Entity::find().all(db.reader()).await.unwrap();
    let mut entries = gift_card_entry::Entity::find().all(db.reader()).await.unwrap();
    entries.sort_by_key(|entry| entry.sequence);
    for card in cards {
        let mut balance = 0;
        let of_card: Vec<_> = entries.iter().filter(|entry| entry.gift_card_id == card.id).collect();
        for (entry, number) in of_card.iter().zip(1..) {
            balance += entry.amount_minor;
            assert_eq!((entry.sequence, entry.balance_after_minor), (number, balance), "{entry:?}");
        }
        assert_eq!(card.balance_minor, balance, "{card:?}");
        assert_eq!(card.entry_count, i64::try_from(of_card.len()).unwrap(), "{card:?}");
    }
}

/// Everything that the database says of gift cards and what was done to them.
async fn written(app: &TestApp) -> String {
    let db = app.app.db().reader();
    let mut all = format!("{:?}", gift_card::Entity::find().all(db).await.unwrap());
    all += &format!("{:?}", gift_card_entry::Entity::find().all(db).await.unwrap());
    all += &format!("{:?}", idempotency_key::Entity::find().all(db).await.unwrap());
    all += &format!("{:?}", event::Entity::find().all(db).await.unwrap());
    all += &format!("{:?}", audit_entry::Entity::find().all(db).await.unwrap());
    all.to_uppercase()
}

async fn count(app: &TestApp) -> i64 {
    sql::number(app.app.db(), "SELECT COUNT(*) FROM gift_card").await
}
