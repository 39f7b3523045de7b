//! What a variant holds, and what a fixed amount of it costs.

use serde_json::{Value, json};

use super::{shirt, sized};
use crate::support::{Client, fixture, on_both};

const UPDATE: &str = "productVariantUpdate";
const FIELDS: &str = "content { amount unit } unitPriceReference { amount unit }
    unitPrice { price { amount currency } per { amount unit } }";

/// A product with one variant of 2.50 that holds something.
async fn bottle(owner: &Client, change: Value) -> String {
    let variant = fixture::with(json!({ "price": "2.50" }), change);
    let product = fixture::product(owner, json!({ "variants": [variant] })).await;
    fixture::variant(owner, &product).await
}

fn measure(amount: &str, unit: &str) -> Value {
    json!({ "amount": amount, "unit": unit })
}

async fn unit_price(client: &Client, id: &str) -> Value {
    fixture::read(client, id, FIELDS).await["unitPrice"].clone()
}

#[tokio::test]
async fn the_unit_price_is_shown_to_anybody_per_what_the_law_names() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = bottle(&owner, json!({ "content": measure("0.750", "L") })).await;

        let expected = json!({
            "content": measure("0.75", "L"),
            "unitPriceReference": null,
            "unitPrice": { "price": { "amount": "3.33", "currency": "USD" }, "per": measure("1", "L") },
        });
        assert_eq!(fixture::read(&app.anonymous(), &id, FIELDS).await, expected);
    })
    .await;
}

#[tokio::test]
async fn the_reference_can_be_another_amount_of_the_same_kind() {
    on_both(async |app| {
        let owner = app.owner().await;
        let change = json!({ "content": measure("40", "G"), "unitPriceReference": measure("100", "G") });
        let id = bottle(&owner, change).await;

        let read = fixture::read(&app.anonymous(), &id, FIELDS).await;

        assert_eq!(read["unitPriceReference"], measure("100", "G"));
        assert_eq!(read["unitPrice"]["price"]["amount"], "6.25");
        assert_eq!(read["unitPrice"]["per"], measure("100", "G"));
    })
    .await;
}

#[tokio::test]
async fn without_content_or_price_there_is_no_unit_price() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = bottle(&owner, json!({ "content": measure("1", "KG") })).await;
        assert_eq!(unit_price(&owner, &id).await["price"]["amount"], "2.50");

        fixture::update(&owner, "productVariantPriceSet", &id, json!({ "price": null })).await.data();
        assert!(unit_price(&owner, &id).await.is_null());

        fixture::update(&owner, "productVariantPriceSet", &id, json!({ "price": "5" })).await.data();
        assert_eq!(unit_price(&owner, &id).await["price"]["amount"], "5.00");

        fixture::update(&owner, UPDATE, &id, json!({ "content": null })).await.data();
        assert!(unit_price(&owner, &id).await.is_null());
    })
    .await;
}

#[tokio::test]
async fn a_unit_price_that_is_too_large_to_tell_is_null() {
    on_both(async |app| {
        let owner = app.owner().await;
        let change = json!({ "price": "92233720368547758.07", "content": measure("999", "G") });
        let id = bottle(&owner, change).await;

        assert!(unit_price(&owner, &id).await.is_null());
    })
    .await;
}

#[tokio::test]
async fn what_an_update_says_of_measures_is_kept_changed_and_cleared() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = bottle(&owner, json!({ "content": measure("1", "L") })).await;
        let (litre, decilitre, gram) = (measure("1", "L"), measure("10", "CL"), measure("1", "G"));
        let steps = [
            (json!({ "barcode": "1" }), &litre, &Value::Null),
            (json!({ "unitPriceReference": decilitre }), &litre, &decilitre),
            (json!({ "barcode": "2" }), &litre, &decilitre),
            (json!({ "unitPriceReference": null }), &litre, &Value::Null),
            (json!({ "content": gram, "unitPriceReference": gram }), &gram, &gram),
            (json!({ "content": null }), &Value::Null, &Value::Null),
        ];

        for (version, (input, content, reference)) in (2..).zip(steps) {
            let reply = fixture::update(&owner, UPDATE, &id, input.clone()).await;

            assert!(reply.user_errors().is_empty(), "{input}");
            let read = fixture::read(&owner, &id, "content { amount unit } unitPriceReference { amount unit }").await;
            assert_eq!((&read["content"], &read["unitPriceReference"]), (content, reference), "{input}");
            let product = fixture::read(&owner, &id, "product { version }").await;
            assert_eq!(product["product"]["version"], version, "{input}");
        }
    })
    .await;
}

#[tokio::test]
async fn measures_that_stay_leave_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = bottle(&owner, json!({ "content": measure("1", "L") })).await;

        fixture::update(&owner, UPDATE, &id, json!({ "content": measure("1.000", "L") })).await.data();

        let product = fixture::read(&owner, &id, "product { version }").await;
        assert_eq!(product["product"]["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;
        let litre = measure("1", "L");
        let cases = [
            (json!({ "content": measure("0", "L") }), vec!["INVALID input.content.amount"]),
            (json!({ "content": measure("-1", "L") }), vec!["INVALID input.content.amount"]),
            (json!({ "content": measure("0.0000001", "L") }), vec!["INVALID input.content.amount"]),
            (json!({ "content": measure("1000001", "L") }), vec!["INVALID input.content.amount"]),
            (json!({ "unitPriceReference": litre }), vec!["REQUIRED input.content"]),
            (
                json!({ "content": measure("1", "KG"), "unitPriceReference": litre }),
                vec!["INVALID input.unitPriceReference.unit"],
            ),
            (
                json!({ "content": litre, "unitPriceReference": measure("0", "L") }),
                vec!["INVALID input.unitPriceReference.amount"],
            ),
        ];

        for (input, expected) in cases {
            let reply = fixture::update(&owner, UPDATE, &id, input.clone()).await;
            assert_eq!(reply.user_errors(), expected, "{input}");

            let reply = fixture::create_variant(&owner, &product, sized("M", input.clone())).await;
            assert_eq!(reply.user_errors(), expected, "{input}");
        }
        assert!(fixture::read(&owner, &id, "content { amount }").await["content"].is_null());
    })
    .await;
}

#[tokio::test]
async fn a_reference_that_stays_must_fit_the_new_content() {
    on_both(async |app| {
        let owner = app.owner().await;
        let change = json!({ "content": measure("1", "L"), "unitPriceReference": measure("10", "CL") });
        let id = bottle(&owner, change).await;

        let reply = fixture::update(&owner, UPDATE, &id, json!({ "content": measure("1", "KG") })).await;

        assert_eq!(reply.user_errors(), ["INVALID input.unitPriceReference.unit"]);
    })
    .await;
}

#[tokio::test]
async fn changes_of_the_product_keep_what_variants_hold() {
    on_both(async |app| {
        let owner = app.owner().await;
        let change = json!({ "content": measure("1", "L"), "unitPriceReference": measure("10", "CL") });
        let id = bottle(&owner, change).await;
        let before = fixture::read(&owner, &id, FIELDS).await;
        let product = fixture::read(&owner, &id, "product { id }").await["product"]["id"].clone();

        fixture::update(&owner, "productUpdate", product.as_str().unwrap(), json!({ "tags": ["wine"] })).await.data();

        assert_eq!(fixture::read(&owner, &id, FIELDS).await, before);
    })
    .await;
}
