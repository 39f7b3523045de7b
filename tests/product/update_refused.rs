//! What an update refuses.

use serde_json::json;

use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_stale_version_is_a_conflict() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        fixture::update(&owner, "productUpdate", &id, json!({ "name": "Mine" })).await.data();

        let reply = fixture::update(&owner, "productUpdate", &id, json!({ "expectedVersion": 1, "name": "" })).await;

        assert_eq!(reply.user_errors(), ["CONFLICT input.expectedVersion"]);
        assert_eq!(fixture::read(&owner, &id, "name version").await, json!({ "name": "Mine", "version": 2 }));
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        fixture::product(&owner, json!({ "name": "Other", "externalId": "e" })).await;
        let cases = [
            (json!({ "name": "" }), "REQUIRED input.name"),
            (json!({ "name": "x".repeat(201) }), "TOO_LONG input.name"),
            (json!({ "slug": "No" }), "INVALID input.slug"),
            (json!({ "slug": "other" }), "TAKEN input.slug"),
            (json!({ "externalId": "e" }), "TAKEN input.externalId"),
            (json!({ "vendor": "x".repeat(201) }), "TOO_LONG input.vendor"),
            (json!({ "images": [{ "url": "nowhere" }] }), "INVALID input.images.0.url"),
            (json!({ "metadata": [{ "key": "", "value": "" }] }), "REQUIRED input.metadata.0.key"),
            (json!({ "seo": { "title": "x".repeat(201) } }), "TOO_LONG input.seo.title"),
        ];

        for (input, expected) in cases {
            let reply = fixture::update(&owner, "productUpdate", &id, input).await;

            assert_eq!(reply.user_errors(), [expected]);
            assert_eq!(reply.at("/productUpdate/product/id"), &json!(id), "the product as it stands");
        }
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn all_errors_of_an_update_come_together_and_nothing_is_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        let input = json!({ "name": "", "slug": "A b", "vendor": "New", "tags": ["x".repeat(101)] });

        let reply = fixture::update(&owner, "productUpdate", &id, input).await;

        let mut errors = reply.user_errors();
        errors.sort();
        assert_eq!(errors, ["INVALID input.slug", "REQUIRED input.name", "TOO_LONG input.tags.0"]);
        let product = fixture::read(&owner, &id, "name vendor version").await;
        assert_eq!(product, json!({ "name": "Linen Shirt", "vendor": null, "version": 1 }));
    })
    .await;
}

#[tokio::test]
async fn an_update_that_fails_late_leaves_nothing_half_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "tags": ["old"], "images": [{ "url": "/old" }] })).await;
        fixture::product(&owner, json!({ "name": "Other" })).await;
        let before = fixture::read(&owner, &id, "tags images { id url } version slug").await;
        let input = json!({ "slug": "other", "tags": ["new"], "images": [{ "url": "/new" }] });

        let reply = fixture::update(&owner, "productUpdate", &id, input).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.slug"]);
        assert_eq!(fixture::read(&owner, &id, "tags images { id url } version slug").await, before);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_product_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::unknown("product");

        let reply = fixture::update(&owner, "productUpdate", &id, json!({ "name": "X" })).await;

        assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        assert!(reply.at("/productUpdate/product").is_null());
    })
    .await;
}
