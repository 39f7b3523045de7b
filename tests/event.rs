//! The outbox: every change leaves one event, numbered without gaps, and none of them tells who somebody is.

use futures::future::join_all;
use serde_json::{Value, json};
use tradepost::db::Db;

use crate::support::{Client, TestApp, fixture, on_both, sql};

const EVENTS: &str = "SELECT type || ' ' || CAST(sequence AS text) FROM event \
     WHERE aggregate_type = '{}' ORDER BY aggregate_id, sequence";

/// The events of all objects of one type, as `type number`.
async fn events(app: &TestApp, aggregate: &str) -> Vec<String> {
    sql::texts(app.app.db(), &EVENTS.replace("{}", aggregate)).await
}

/// Objects whose events are not numbered 1, 2, 3, …
async fn with_gaps(db: &Db) -> i64 {
    let gaps = "SELECT COUNT(*) FROM (SELECT aggregate_id FROM event GROUP BY aggregate_type, aggregate_id \
         HAVING MIN(sequence) <> 1 OR MAX(sequence) <> COUNT(*)) AS gaps";
    sql::number(db, gaps).await
}

async fn update(client: &Client, id: &str, input: Value) -> Vec<String> {
    let update = "mutation($id: ID!, $input: ProductUpdateInput!) { productUpdate(id: $id, input: $input) {
        product { version } userErrors { code message field } } }";
    client.run(update, json!({ "id": id, "input": input })).await.user_errors()
}

async fn adjust(client: &Client, variant: &str) -> Vec<String> {
    let adjust = "mutation($input: StockLevelAdjustInput!) { stockLevelAdjust(input: $input) {
        userErrors { code message field } } }";
    client.run(adjust, json!({ "input": { "variant": variant, "change": 1 } })).await.user_errors()
}

#[tokio::test]
async fn the_events_of_an_object_tell_its_history_in_order() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "status": "DRAFT" })).await;

        update(&owner, &id, json!({ "name": "Wool Scarf" })).await;
        owner
            .run("mutation($id: ID!) { productPublish(id: $id) { product { id } } }", json!({ "id": id }))
            .await
            .data();
        owner
            .run("mutation($id: ID!) { productArchive(id: $id) { product { id } } }", json!({ "id": id }))
            .await
            .data();

        let history =
            ["product.created 1", "product.updated 2", "product.status_changed 3", "product.status_changed 4"];
        assert_eq!(events(app, "product").await, history);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_event() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "name": "Wool Scarf" })).await;

        assert_eq!(update(&owner, &id, json!({ "name": "Wool Scarf" })).await, [""; 0]);
        owner
            .run("mutation($id: ID!) { productPublish(id: $id) { product { id } } }", json!({ "id": id }))
            .await
            .data();

        assert_eq!(events(app, "product").await, ["product.created 1"]);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_no_event() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "scarf" })).await;
        fixture::product(&owner, json!({ "slug": "shirt" })).await;
        let before = sql::number(app.app.db(), "SELECT COUNT(*) FROM event").await;

        assert_eq!(update(&owner, &id, json!({ "slug": "shirt" })).await, ["TAKEN input.slug"]);
        assert_eq!(update(&owner, &id, json!({ "expectedVersion": 7 })).await, ["CONFLICT input.expectedVersion"]);
        let taken = fixture::create_product(&owner, json!({ "slug": "shirt" })).await;
        assert_eq!(taken.user_errors(), ["TAKEN input.slug"]);

        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM event").await, before);
        assert_eq!(with_gaps(app.app.db()).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_keeps_its_history() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "variants": [{ "price": "10.00" }] })).await;

        owner
            .run("mutation($id: ID!) { productDelete(id: $id) { userErrors { code message } } }", json!({ "id": id }))
            .await
            .data();

        assert_eq!(events(app, "product").await, ["product.created 1", "product.deleted 2"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_at_once_are_numbered_without_gaps() {
    on_both(async |app| {
        let owner = app.owner().await;
        let reply = fixture::create_product(&owner, json!({})).await;
        let id = reply.text("/productCreate/product/id");
        let variant = reply.text("/productCreate/product/variants/0/id");

        let changes = (0..32).map(async |number: usize| match number % 2 {
            0 => update(&owner, &id, json!({ "vendor": format!("Vendor {number}") })).await,
            _ => adjust(&owner, &variant).await,
        });
        let refused: Vec<_> = join_all(changes).await.concat();

        assert_eq!(refused, [""; 0]);
        assert_eq!(events(app, "product").await.len(), 1 + 16);
        assert_eq!(with_gaps(app.app.db()).await, 0);
    })
    .await;
}

/// Price, text and count of one variant change in transactions that lock different rows.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn different_changes_of_one_variant_at_once_do_not_fight_over_numbers() {
    on_both(async |app| {
        let owner = app.owner().await;
        let reply = fixture::create_product(&owner, json!({})).await;
        let variant = reply.text("/productCreate/product/variants/0/id");
        let price = async |number: usize| {
            let set = "mutation($id: ID!, $input: ProductVariantPriceSetInput!) {
                productVariantPriceSet(id: $id, input: $input) { userErrors { code message field } } }";
            let input = json!({ "price": format!("{number}.00") });
            owner.run(set, json!({ "id": variant, "input": input })).await.user_errors()
        };
        let edit = async |number: usize| {
            let update = "mutation($id: ID!, $input: ProductVariantUpdateInput!) {
                productVariantUpdate(id: $id, input: $input) { userErrors { code message field } } }";
            let input = json!({ "barcode": format!("{number}") });
            owner.run(update, json!({ "id": variant, "input": input })).await.user_errors()
        };

        let changes = (0..24).map(async |number: usize| match number % 3 {
            0 => price(number).await,
            1 => edit(number).await,
            _ => adjust(&owner, &variant).await,
        });
        let refused: Vec<_> = join_all(changes).await.concat();

        assert_eq!(refused, [""; 0]);
        assert_eq!(with_gaps(app.app.db()).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_event_says_who_made_the_change() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::product(&owner, json!({})).await;

        let actors = sql::texts(
            app.app.db(),
            "SELECT type || ' by ' || actor_type || CASE WHEN actor_id = (SELECT id FROM staff_user) THEN ' known' \
             ELSE '' END FROM event WHERE type IN ('staff_user.created', 'session.started', 'product.created') \
             ORDER BY 1",
        )
        .await;

        let expected =
            ["product.created by STAFF known", "session.started by STAFF known", "staff_user.created by SYSTEM"];
        assert_eq!(actors, expected);
    })
    .await;
}

/// Events are kept for long and sent to others: they tell what happened, by ids, and not to whom.
#[tokio::test]
async fn no_event_holds_personal_data_or_a_secret() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        update(&owner, &id, json!({ "privateMetadata": [{ "key": "buyer", "value": "Grace Hopper" }] })).await;
        owner.query("mutation { sessionRevoke { isRevoked } }").await.data();
        let db = app.app.db();
        let mut secrets = sql::texts(db, "SELECT email FROM staff_user").await;
        secrets.extend(sql::texts(db, "SELECT email_key FROM staff_user").await);
        secrets.extend(sql::texts(db, "SELECT password_hash FROM staff_user").await);
        secrets.extend(sql::texts(db, "SELECT hash FROM refresh_token").await);
        secrets.extend(["\"Staff\"", "Grace Hopper", "@example.com", owner.token()].map(str::to_owned));

        let payloads = sql::texts(db, "SELECT CAST(payload AS text) FROM event").await;

        assert!(payloads.len() >= 5, "{payloads:?}");
        for payload in payloads {
            assert!(secrets.iter().all(|secret| !payload.contains(secret.as_str())), "{payload}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_is_recorded_from_its_start_to_its_end() {
    on_both(async |app| {
        let owner = app.owner().await;

        let revoke = "mutation { sessionRevoke { isRevoked } }";
        let (first, second) = tokio::join!(owner.query(revoke), owner.query(revoke));

        assert!([first.status, second.status].contains(&http::StatusCode::OK));
        assert_eq!(events(app, "session").await, ["session.started 1", "session.revoked 2"]);
    })
    .await;
}
