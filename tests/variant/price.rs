//! Prices in channels.

use serde_json::{Value, json};

use super::shirt;
use crate::support::{Client, fixture, on_both};

const SET: &str = "productVariantPriceSet";

async fn set(owner: &Client, id: &str, input: Value) {
    let reply = fixture::update(owner, SET, id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
}

#[tokio::test]
async fn a_price_and_what_it_was_before_are_shown() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        set(&owner, &id, json!({ "price": "8.5", "compareAtPrice": "10", "channel": "default" })).await;

        let fields = "price { amount currency } compareAtPrice { amount currency }";
        let expected = json!({
            "price": { "amount": "8.50", "currency": "USD" },
            "compareAtPrice": { "amount": "10.00", "currency": "USD" }
        });
        assert_eq!(fixture::read(&app.anonymous(), &id, fields).await, expected);
        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 2);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created", "2 variant.price_changed"]);
    })
    .await;
}

#[tokio::test]
async fn a_price_without_the_former_one_clears_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({ "variants": [{ "price": "1", "compareAtPrice": "2" }] })).await;
        let id = fixture::variant(&owner, &product).await;

        set(&owner, &id, json!({ "price": "1" })).await;

        assert!(fixture::read(&owner, &id, "compareAtPrice { amount }").await["compareAtPrice"].is_null());
    })
    .await;
}

#[tokio::test]
async fn a_variant_without_price_is_not_for_sale_in_the_channel() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shopper = app.anonymous();
        let product = shirt(&owner, &["S", "M"]).await;
        let variants = fixture::variants(&owner, &product).await;

        set(&owner, &variants[0], json!({ "price": null })).await;

        assert_eq!(fixture::variants(&shopper, &product).await, [variants[1].clone()]);
        assert!(fixture::read(&shopper, &variants[0], "id").await.is_null());
        let for_staff = fixture::read(&owner, &variants[0], "price { amount } isAvailable").await;
        assert_eq!(for_staff, json!({ "price": null, "isAvailable": false }));
    })
    .await;
}

#[tokio::test]
async fn a_product_leaves_the_channel_with_its_last_price_and_comes_back_with_a_new_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shopper = app.anonymous();
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        set(&owner, &id, json!({ "price": null })).await;

        assert!(fixture::read(&shopper, &product, "id").await.is_null());
        assert_eq!(shopper.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
        let for_staff = fixture::read(&owner, &product, "priceRange { lowest { amount } }").await;
        assert!(for_staff["priceRange"].is_null());

        set(&owner, &id, json!({ "price": "0" })).await;

        let range = fixture::read(&shopper, &product, "priceRange { lowest { amount } highest { amount } }").await;
        let free = json!({ "amount": "0.00" });
        assert_eq!(range["priceRange"], json!({ "lowest": free, "highest": free }), "free is a price");
    })
    .await;
}

#[tokio::test]
async fn the_range_spans_what_shoppers_can_buy() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M", "L"]).await;
        let variants = fixture::variants(&owner, &product).await;
        set(&owner, &variants[0], json!({ "price": "5" })).await;
        set(&owner, &variants[2], json!({ "price": "20" })).await;
        let range = async || {
            let fields = "priceRange { lowest { amount } highest { amount } }";
            let read = fixture::read(&app.anonymous(), &product, fields).await;
            (read["priceRange"]["lowest"]["amount"].clone(), read["priceRange"]["highest"]["amount"].clone())
        };
        assert_eq!(range().await, (json!("5.00"), json!("20.00")));

        fixture::change(&owner, "productVariantArchive", &variants[0]).await.data();
        set(&owner, &variants[2], json!({ "price": null })).await;

        assert_eq!(range().await, (json!("10.00"), json!("10.00")));
    })
    .await;
}

#[tokio::test]
async fn a_price_that_stays_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        set(&owner, &id, json!({ "price": "10.00" })).await;

        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;
        let cases = [
            (json!({ "price": "-1" }), "INVALID input.price"),
            (json!({ "price": "1.001" }), "INVALID input.price"),
            (json!({ "price": "1", "compareAtPrice": "-1" }), "INVALID input.compareAtPrice"),
            (json!({ "compareAtPrice": "1" }), "REQUIRED input.price"),
            (json!({}), "REQUIRED input.price"),
            (json!({ "price": null, "compareAtPrice": "1" }), "REQUIRED input.price"),
            (json!({ "price": "1", "channel": "nowhere" }), "NOT_FOUND input.channel"),
        ];

        for (input, expected) in cases {
            let reply = fixture::update(&owner, SET, &id, input).await;

            assert_eq!(reply.user_errors(), [expected]);
        }
        let unknown = fixture::update(&owner, SET, &fixture::unknown("variant"), json!({ "price": "1" })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::read(&owner, &id, "price { amount }").await["price"]["amount"], "10.00");
    })
    .await;
}
