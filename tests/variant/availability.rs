//! Whether a variant and its product can be bought now.

use serde_json::{Value, json};

use super::sized;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn availability_follows_units_and_what_may_be_sold_beyond_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        let cases = [
            (json!({ "stock": 1 }), true),
            (json!({ "stock": 0 }), false),
            (json!({}), false),
            (json!({ "stock": 0, "backorderLimit": 5 }), true),
            (json!({ "backorderLimit": 5 }), true),
            (json!({ "stock": 0, "backorderLimit": 0 }), false),
            (json!({ "stock": 0, "backorderLimit": null }), true),
            (json!({ "backorderLimit": null }), true),
            (json!({ "stock": 0, "tracksStock": false }), true),
            (json!({ "tracksStock": false }), true),
        ];

        for (index, (change, is_available)) in cases.into_iter().enumerate() {
            let variant = fixture::with(json!({ "price": "1" }), change.clone());
            let input = json!({ "slug": format!("p{index}"), "variants": [variant] });
            let id = fixture::product(&owner, input).await;

            let product = fixture::read(&app.anonymous(), &id, "isAvailable variants { isAvailable }").await;

            let expected = json!({ "isAvailable": is_available, "variants": [{ "isAvailable": is_available }] });
            assert_eq!(product, expected, "{change}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_is_available_while_one_of_its_variants_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variants: [Value; 2] =
            [sized("S", json!({ "price": "1", "stock": 0 })), sized("M", json!({ "price": "1", "stock": 1 }))];
        let id = fixture::product(&owner, json!({ "options": [{ "name": "Size" }], "variants": variants })).await;
        let medium = fixture::variants(&owner, &id).await.remove(1);
        let is_available = async || fixture::read(&app.anonymous(), &id, "isAvailable").await["isAvailable"].clone();
        assert_eq!(is_available().await, true);

        fixture::stock(&owner, "stockLevelAdjust", json!({ "variant": medium, "change": -1 })).await.data();

        assert_eq!(is_available().await, false);
    })
    .await;
}

#[tokio::test]
async fn a_variant_that_is_not_published_does_not_make_its_product_available() {
    on_both(async |app| {
        let owner = app.owner().await;
        let variants: [Value; 2] =
            [sized("S", json!({ "price": "1", "stock": 0 })), sized("M", json!({ "price": "1", "stock": 1 }))];
        let id = fixture::product(&owner, json!({ "options": [{ "name": "Size" }], "variants": variants })).await;
        let medium = fixture::variants(&owner, &id).await.remove(1);

        fixture::change(&owner, "productVariantUnpublish", &medium).await.data();

        for client in [&app.anonymous(), &owner] {
            assert_eq!(fixture::read(client, &id, "isAvailable").await["isAvailable"], false);
        }
    })
    .await;
}
