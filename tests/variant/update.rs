//! Changing variants.

use serde_json::{Value, json};

use super::{shirt, sized};
use crate::support::{Client, fixture, on_both};

const FIELDS: &str = "sku barcode status weight { grams unit } requiresShipping isTaxable tracksStock backorderLimit
    image { url } externalId metadata { key value } privateMetadata { key value } price { amount }
    selectedOptions { value } stockLevels { onHand }";

/// A variant with a value in every field that an update can change, and its product.
async fn full(owner: &Client) -> (String, String) {
    let variant = json!({
        "sku": "A", "barcode": "1", "weight": { "grams": 5, "unit": "OZ" }, "backorderLimit": 2, "price": "10",
        "imageUrl": "/a", "externalId": "e", "metadata": [{ "key": "k", "value": "1" }],
        "privateMetadata": [{ "key": "p", "value": "2" }], "stock": 4
    });
    let input =
        json!({ "options": [{ "name": "Size" }], "images": [{ "url": "/a" }], "variants": [sized("S", variant)] });
    let product = fixture::product(owner, input).await;
    let variant = fixture::variant(owner, &product).await;
    (product, variant)
}

async fn updated(owner: &Client, id: &str, input: Value) -> Value {
    let reply = fixture::update(owner, "productVariantUpdate", id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
    fixture::read(owner, id, FIELDS).await
}

#[tokio::test]
async fn what_is_absent_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (product, id) = full(&owner).await;
        let mut expected = fixture::read(&owner, &id, FIELDS).await;

        let after = updated(&owner, &id, json!({ "isTaxable": false })).await;

        expected["isTaxable"] = json!(false);
        assert_eq!(after, expected);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 2);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created", "2 variant.updated"]);
    })
    .await;
}

#[tokio::test]
async fn null_clears() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, id) = full(&owner).await;
        let input = json!({
            "sku": null, "barcode": null, "weight": null, "backorderLimit": null, "imageUrl": null,
            "externalId": null, "metadata": [], "privateMetadata": []
        });

        let after = updated(&owner, &id, input).await;

        for field in ["sku", "barcode", "weight", "backorderLimit", "image", "externalId"] {
            assert!(after[field].is_null(), "{field}");
        }
        assert_eq!((&after["metadata"], &after["privateMetadata"]), (&json!([]), &json!([])));
        assert_eq!(after["price"]["amount"], "10.00");
    })
    .await;
}

#[tokio::test]
async fn new_option_values_keep_the_variant() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (product, id) = full(&owner).await;

        let after = updated(&owner, &id, sized("XL", json!({}))).await;

        assert_eq!(after["selectedOptions"], json!([{ "value": "XL" }]));
        assert_eq!(after["stockLevels"], json!([{ "onHand": 4 }]));
        assert_eq!(fixture::variants(&owner, &product).await, [id]);
        let options = fixture::read(&owner, &product, "options { values { name } }").await;
        assert_eq!(options["options"][0]["values"], json!([{ "name": "S" }, { "name": "XL" }]));
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (product, id) = full(&owner).await;
        let before = fixture::read(&owner, &id, "updatedAt").await;

        for input in [json!({}), sized("s", json!({ "sku": " A ", "barcode": "1", "backorderLimit": 2 }))] {
            updated(&owner, &id, input).await;
        }

        assert_eq!(fixture::read(&owner, &id, "updatedAt").await, before);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (product, id) = full(&owner).await;
        fixture::create_variant(&owner, &product, sized("M", json!({ "sku": "B", "externalId": "f" }))).await.data();
        let cases = [
            (json!({ "expectedVersion": 1 }), "CONFLICT input.expectedVersion"),
            (json!({ "sku": "b" }), "TAKEN input.sku"),
            (json!({ "externalId": "f" }), "TAKEN input.externalId"),
            (sized("m", json!({})), "TAKEN input.optionValues"),
            (sized("", json!({})), "REQUIRED input.optionValues.0.value"),
            (json!({ "optionValues": [{ "option": "Fit", "value": "x" }] }), "INVALID input.optionValues.0.option"),
            (json!({ "imageUrl": "/b" }), "INVALID input.imageUrl"),
            (json!({ "weight": { "grams": 2_000_001 } }), "INVALID input.weight.grams"),
            (json!({ "backorderLimit": -1 }), "INVALID input.backorderLimit"),
            (json!({ "barcode": "1".repeat(51) }), "TOO_LONG input.barcode"),
            (
                json!({ "metadata": [{ "key": "a", "value": "" }, { "key": "a", "value": "" }] }),
                "TAKEN input.metadata.1.key",
            ),
        ];
        let before = fixture::read(&owner, &id, FIELDS).await;

        for (input, expected) in cases {
            let reply = fixture::update(&owner, "productVariantUpdate", &id, input).await;

            assert_eq!(reply.user_errors(), [expected]);
        }
        assert_eq!(fixture::read(&owner, &id, FIELDS).await, before);
        assert_eq!(fixture::history(app, &product).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_letter_case_of_its_own_sku_may_change() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (_, id) = full(&owner).await;

        let after = updated(&owner, &id, json!({ "sku": "a" })).await;

        assert_eq!(after["sku"], "a");
    })
    .await;
}

#[tokio::test]
async fn an_archived_twin_keeps_its_option_values() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let variants = fixture::variants(&owner, &product).await;
        fixture::change(&owner, "productVariantArchive", &variants[0]).await.data();

        let reply = fixture::update(&owner, "productVariantUpdate", &variants[1], sized("S", json!({}))).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.optionValues"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_variant_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;

        let reply =
            fixture::update(&owner, "productVariantUpdate", &fixture::unknown("variant"), json!({ "sku": "A" })).await;

        assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        assert!(reply.at("/productVariantUpdate/variant").is_null());
    })
    .await;
}
