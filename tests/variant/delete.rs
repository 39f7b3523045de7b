//! Deleting variants.

use serde_json::json;
use tradepost::entity::{product_variant, variant_option_value, variant_price};

use super::shirt;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn delete_removes_the_variant_and_what_belongs_to_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let variants = fixture::variants(&owner, &product).await;

        let reply = fixture::change(&owner, "productVariantDelete", &variants[0]).await;

        assert!(reply.user_errors().is_empty());
        assert!(reply.at("/productVariantDelete/variant").is_null());
        assert_eq!(fixture::variants(&owner, &product).await, [variants[1].clone()]);
        assert_eq!(fixture::count::<product_variant::Entity>(app).await, 1);
        assert_eq!(fixture::count::<variant_option_value::Entity>(app).await, 1);
        assert_eq!(fixture::count::<variant_price::Entity>(app).await, 1);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created", "2 variant.deleted"]);
    })
    .await;
}

#[tokio::test]
async fn the_price_range_follows_a_deletion() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let variants = fixture::variants(&owner, &product).await;
        fixture::update(&owner, "productVariantPriceSet", &variants[0], json!({ "price": "99" })).await.data();

        fixture::change(&owner, "productVariantDelete", &variants[0]).await.data();

        let range = fixture::read(&app.anonymous(), &product, "priceRange { highest { amount } }").await;
        assert_eq!(range["priceRange"]["highest"]["amount"], "10.00");
    })
    .await;
}

#[tokio::test]
async fn what_the_stock_ledger_knows_is_in_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let id = fixture::variant(&owner, &product).await;

        let reply = fixture::change(&owner, "productVariantDelete", &id).await;

        assert_eq!(reply.user_errors(), ["IN_USE id"]);
        assert_eq!(reply.at("/productVariantDelete/variant/id"), &json!(id));
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_variant_is_counted_or_deleted_but_never_half_of_each() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..12 {
            let input = json!({ "name": format!("Round {round}"), "variants": [{ "price": "10" }] });
            let product = fixture::product(&owner, input).await;
            let id = fixture::variant(&owner, &product).await;
            let whole = round % 2 == 0;

            let count = fixture::stock(&owner, "stockLevelSet", json!({ "variant": id, "onHand": 3 }));
            let delete = async {
                match whole {
                    true => fixture::change(&owner, "productDelete", &product).await,
                    false => fixture::change(&owner, "productVariantDelete", &id).await,
                }
            };
            let (count, delete) = tokio::join!(count, delete);

            let refusals = (count.user_errors(), delete.user_errors());
            let counted = (vec![], vec!["IN_USE id".to_owned()]);
            let deleted = (vec!["NOT_FOUND input.variant".to_owned()], vec![]);
            assert!(refusals == counted || refusals == deleted, "{refusals:?}");
        }
    })
    .await;
}
