//! Adding variants to a product.

use serde_json::{Value, json};

use super::{shirt, sized};
use crate::support::{fixture, on_both};

#[tokio::test]
async fn create_adds_a_variant_at_the_end_and_its_value_to_the_option() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;

        let reply = fixture::create_variant(&owner, &product, sized("M", json!({ "price": "12", "stock": 3 }))).await;

        let id = reply.text("/productVariantCreate/variant/id");
        let fields = "version options { values { name } } priceRange { highest { amount } }
            variants { id stockLevels { onHand } }";
        let after = fixture::read(&owner, &product, fields).await;
        assert_eq!(after["variants"][1], json!({ "id": id, "stockLevels": [{ "onHand": 3 }] }));
        assert_eq!(after["options"][0]["values"], json!([{ "name": "S" }, { "name": "M" }]));
        assert_eq!(after["priceRange"]["highest"]["amount"], "12.00");
        assert_eq!(after["version"], 2);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created", "2 variant.created"]);
        assert_eq!(fixture::history(app, &id).await, ["1 stock.changed"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        fixture::product(&owner, json!({ "name": "B", "variants": [{ "sku": "Taken", "externalId": "e" }] })).await;
        let cases = [
            (json!({}), "REQUIRED input.optionValues"),
            (sized("s", json!({})), "TAKEN input.optionValues"),
            (
                json!({ "optionValues": [{ "option": "Size", "value": "M" }, { "option": "Fit", "value": "x" }] }),
                "INVALID input.optionValues.1.option",
            ),
            (sized("M", json!({ "sku": "tAKEN" })), "TAKEN input.sku"),
            (sized("M", json!({ "externalId": "e" })), "TAKEN input.externalId"),
            (sized("M", json!({ "price": "-1" })), "INVALID input.price"),
            (sized("M", json!({ "compareAtPrice": "1" })), "REQUIRED input.price"),
            (sized("M", json!({ "stock": -1 })), "INVALID input.stock"),
            (sized("M", json!({ "backorderLimit": -1 })), "INVALID input.backorderLimit"),
            (sized("M", json!({ "weight": { "grams": -1 } })), "INVALID input.weight.grams"),
            (sized("M", json!({ "imageUrl": "/nowhere" })), "INVALID input.imageUrl"),
            (sized("M", json!({ "sku": "x".repeat(101) })), "TOO_LONG input.sku"),
        ];

        for (input, expected) in cases {
            let reply = fixture::create_variant(&owner, &product, input).await;

            assert_eq!(reply.user_errors(), [expected]);
            assert!(reply.at("/productVariantCreate/variant").is_null());
        }
        assert_eq!(fixture::variants(&owner, &product).await.len(), 1);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn all_errors_of_one_input_come_together() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let input = sized("S", json!({ "price": "1.001", "stock": -1, "imageUrl": "/x" }));

        let reply = fixture::create_variant(&owner, &product, input).await;

        let mut errors = reply.user_errors();
        errors.sort();
        let expected =
            ["INVALID input.imageUrl", "INVALID input.price", "INVALID input.stock", "TAKEN input.optionValues"];
        assert_eq!(errors, expected);
    })
    .await;
}

#[tokio::test]
async fn a_sibling_keeps_its_sku() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        fixture::create_variant(&owner, &product, sized("M", json!({ "sku": "A" }))).await.data();

        let reply = fixture::create_variant(&owner, &product, sized("L", json!({ "sku": "a" }))).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.sku"]);
        assert_eq!(fixture::read(&owner, &product, "variants { sku }").await["variants"][1]["sku"], "A");
    })
    .await;
}

#[tokio::test]
async fn an_archived_twin_keeps_its_option_values() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let small = fixture::variants(&owner, &product).await.remove(0);
        fixture::change(&owner, "productVariantArchive", &small).await.data();

        let reply = fixture::create_variant(&owner, &product, sized("S", json!({ "price": "1" }))).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.optionValues"]);
        assert_eq!(fixture::read(&owner, &small, "status").await["status"], "ARCHIVED");
    })
    .await;
}

#[tokio::test]
async fn an_archived_variant_is_left_alone_when_another_is_added() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let small = fixture::variants(&owner, &product).await.remove(0);
        fixture::change(&owner, "productVariantArchive", &small).await.data();
        let before = fixture::read(&owner, &small, "status updatedAt price { amount }").await;

        fixture::create_variant(&owner, &product, sized("L", json!({ "price": "1" }))).await.data();

        assert_eq!(fixture::read(&owner, &small, "status updatedAt price { amount }").await, before);
        let seen = fixture::read(&app.anonymous(), &product, "variants { selectedOptions { value } }").await;
        let sizes: Vec<&Value> =
            seen["variants"].as_array().unwrap().iter().map(|v| &v["selectedOptions"][0]["value"]).collect();
        assert_eq!(sizes, ["M", "L"]);
    })
    .await;
}

#[tokio::test]
async fn a_product_has_at_most_250_variants() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variants: Vec<Value> = (0..250).map(|n| sized(&n.to_string(), json!({}))).collect();
        let product = fixture::product(&owner, json!({ "options": [{ "name": "Size" }], "variants": variants })).await;

        let reply = fixture::create_variant(&owner, &product, sized("more", json!({}))).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG product"]);
        assert_eq!(reply.at("/productVariantCreate/userErrors/0/limit"), 250);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_product_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;

        let reply = fixture::create_variant(&owner, &fixture::unknown("product"), json!({})).await;

        assert_eq!(reply.user_errors(), ["NOT_FOUND product"]);
    })
    .await;
}

#[tokio::test]
async fn a_product_keeps_at_most_two_thousand_variants_with_those_that_are_archived() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        fixture::archive_many(app, &fixture::variant(&owner, &product).await, 1_998).await;

        let last = fixture::create_variant(&owner, &product, sized("M", json!({ "price": "1" }))).await;
        let more = fixture::create_variant(&owner, &product, sized("L", json!({ "price": "1" }))).await;

        assert!(last.user_errors().is_empty(), "{}", last.json);
        assert_eq!(more.user_errors(), ["TOO_LONG product"]);
        assert_eq!(more.at("/productVariantCreate/userErrors/0/limit"), 2_000);
    })
    .await;
}
