//! Many levels at once.

use futures::future::join;
use serde_json::{Value, json};

use super::{movements, on_hand, second_location, variant_of};
use crate::support::{Client, Reply, fixture, on_both};

const SET: &str = "mutation($input: [StockLevelBulkSetInput!]!) { bulk: stockLevelBulkSet(input: $input) {
    results { variant { id stockLevels { onHand location { name } } } userErrors { code message field } }
    userErrors { code message field limit } } }";

async fn set(owner: &Client, input: Value) -> Reply {
    owner.run(SET, json!({ "input": input })).await
}

/// A variant with an SKU of which there are 5 units.
async fn with_sku(owner: &Client, sku: &str) -> String {
    let input = json!({ "slug": sku.to_lowercase(), "variants": [{ "price": "1", "stock": 5, "sku": sku }] });
    let product = fixture::product(owner, input).await;
    fixture::variant(owner, &product).await
}

fn errors(reply: &Reply) -> Vec<String> {
    let describe = |error: &Value| {
        let field: Vec<&str> = error["field"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
    };
    let results = reply.at("/bulk/results").as_array().unwrap().iter();
    results.flat_map(|result| result["userErrors"].as_array().unwrap().iter().map(describe)).collect()
}

#[tokio::test]
async fn levels_are_counted_by_id_or_sku_like_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (first, second) = (variant_of(&owner, None).await, with_sku(&owner, "Scarf").await);
        let attic = second_location(app).await;

        let reply = set(
            &owner,
            json!([
                { "variant": first, "onHand": 3, "reason": " Inventory " },
                { "sku": "scarf", "onHand": 0 },
                { "sku": "SCARF", "onHand": 4, "location": attic },
            ]),
        )
        .await;

        assert!(reply.user_errors().is_empty() && errors(&reply).is_empty());
        let attic = json!({ "onHand": 4, "location": { "name": "Attic" } });
        let main = json!({ "onHand": 0, "location": { "name": "Main" } });
        let expected = json!({ "id": second, "stockLevels": [attic, main] });
        assert_eq!(reply.at("/bulk/results/1/variant"), &expected);
        assert_eq!(on_hand(&owner, &first).await, 3);
        assert_eq!(fixture::history(app, &second).await, ["1 stock.changed", "2 stock.changed", "3 stock.changed"]);
        let moved = movements(app).await;
        let reasons: Vec<_> = moved.iter().filter_map(|row| row.reason.as_deref()).collect();
        assert_eq!((moved.len(), reasons), (4, vec!["Inventory"]));
    })
    .await;
}

#[tokio::test]
async fn listings_follow_what_was_counted() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = with_sku(&owner, "A").await;
        let is_available = async || {
            let read = fixture::read(&app.anonymous(), &id, "product { isAvailable }").await;
            read["product"]["isAvailable"].clone()
        };
        assert_eq!(is_available().await, true);

        set(&owner, json!([{ "sku": "A", "onHand": 0 }])).await.data();

        assert_eq!(is_available().await, false);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_is_refused_leaves_the_others_and_its_errors_name_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = with_sku(&owner, "A").await;
        let input = json!([
            { "onHand": 1 },
            { "variant": id, "sku": "A", "onHand": 1 },
            { "sku": "nothing", "onHand": -1, "location": fixture::unknown("location") },
            { "variant": fixture::unknown("variant"), "onHand": 1 },
            { "sku": "A", "onHand": 1, "reason": "x".repeat(201) },
            { "sku": "A", "onHand": 9 },
        ]);

        let reply = set(&owner, input).await;

        let expected = [
            "REQUIRED input.0.variant",
            "INVALID input.1.sku",
            "NOT_FOUND input.2.sku",
            "NOT_FOUND input.2.location",
            "INVALID input.2.onHand",
            "NOT_FOUND input.3.variant",
            "TOO_LONG input.4.reason",
        ];
        assert_eq!(errors(&reply), expected);
        assert_eq!(on_hand(&owner, &id).await, 9);
        assert_eq!(movements(app).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn more_than_100_items_are_refused_as_a_whole() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = with_sku(&owner, "A").await;

        let reply = set(&owner, json!(vec![json!({ "sku": "A", "onHand": 1 }); 101])).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input"]);
        assert!(reply.at("/bulk/results").is_null());
        assert_eq!(on_hand(&owner, &id).await, 5);
    })
    .await;
}

#[tokio::test]
async fn two_at_once_in_opposite_orders_are_both_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let skus = ["A", "B", "C", "D", "E"];
        let mut ids = Vec::new();
        for sku in skus {
            ids.push(with_sku(&owner, sku).await);
        }
        let item = |sku: &str, units: u32| json!({ "sku": sku, "onHand": units });
        let there: Vec<Value> = skus.iter().map(|sku| item(sku, 7)).collect();
        let back: Vec<Value> = skus.iter().rev().map(|sku| item(sku, 8)).collect();

        let (one, other) = join(set(&owner, json!(there)), set(&owner, json!(back))).await;

        assert!(errors(&one).is_empty() && errors(&other).is_empty());
        for id in &ids {
            let units = on_hand(&owner, id).await;
            assert!(units == 7 || units == 8);
            assert_eq!(fixture::history(app, id).await.len(), 3);
        }
    })
    .await;
}
