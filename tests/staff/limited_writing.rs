//! What those change whose role is limited to a channel: prices and what is shown there, of what is assigned to it.

use super::*;
use crate::support::{fixture, on_both};

const WRITE: [&str; 3] = ["PRODUCT_READ", "PRODUCT_WRITE", "COLLECTION_WRITE"];

/// A shop with a second channel, and somebody whose role is limited to that.
async fn shop(app: &TestApp) -> (Client, Client) {
    let owner = app.owner().await;
    fixture::channel(&owner, json!({})).await;
    let clerk = limited_to(app, &owner, "japan", &WRITE).await;
    (owner, clerk)
}

async fn both(owner: &Client) -> String {
    fixture::product(owner, json!({ "channels": ["default", "japan"] })).await
}

async fn bulk(client: &Client, items: Value) -> Reply {
    const SET: &str = "mutation($input: [ProductVariantBulkPriceSetInput!]!) {
        productVariantBulkPriceSet(input: $input) {
            results { variant { id } userErrors { code message field } } userErrors { code message field } } }";
    client.run(SET, json!({ "input": items })).await
}

#[tokio::test]
async fn prices_are_theirs_to_set_in_the_channel_alone() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let product = both(&owner).await;
        let variant = fixture::variant(&owner, &product).await;
        let set = async |input: Value| fixture::update(&clerk, "productVariantPriceSet", &variant, input).await;

        let there = set(json!({ "channel": "japan", "price": "900" })).await;
        let elsewhere = set(json!({ "channel": "default", "price": "1.00" })).await;
        let by_default = set(json!({ "price": "1.00" })).await;
        let removed = set(json!({ "channel": "japan", "price": null })).await;

        assert_eq!(there.user_errors(), [""; 0]);
        assert_eq!(there.at("/productVariantPriceSet/variant/id"), variant.as_str());
        assert_eq!(elsewhere.code(), Some("FORBIDDEN"));
        assert_eq!(by_default.code(), Some("FORBIDDEN"));
        assert_eq!(removed.user_errors(), [""; 0]);
        assert_eq!(set(json!({ "channel": "mars", "price": "1" })).await.user_errors(), ["NOT_FOUND input.channel"]);
        let price = fixture::read(&owner, &variant, "price { amount }").await;
        assert_eq!(price["price"]["amount"], "10.00");
    })
    .await;
}

#[tokio::test]
async fn many_prices_are_set_if_all_are_in_the_channel() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let product = both(&owner).await;
        let variant = fixture::variant(&owner, &product).await;
        let hidden = fixture::product(&owner, json!({ "name": "Hidden" })).await;
        let hidden = fixture::variant(&owner, &hidden).await;
        let item = |variant: &str, channel: &str| json!({ "variant": variant, "channel": channel, "price": "900" });

        let mixed = bulk(&clerk, json!([item(&variant, "japan"), item(&variant, "default")])).await;
        let by_default = bulk(&clerk, json!([{ "variant": variant, "price": "1.00" }])).await;
        assert_eq!(mixed.code(), Some("FORBIDDEN"));
        assert_eq!(by_default.code(), Some("FORBIDDEN"));
        let untouched = fixture::history(app, &product).await;
        assert_eq!(untouched, ["1 product.created"], "items before the refused one were done");

        let there =
            bulk(&clerk, json!([item(&variant, "japan"), item(&hidden, "japan"), item(&variant, "mars")])).await;

        let results = there.at("/productVariantBulkPriceSet/results");
        assert_eq!(results[0], json!({ "variant": { "id": variant }, "userErrors": [] }));
        assert_eq!(results[1]["userErrors"][0]["code"], "NOT_FOUND");
        assert_eq!(results[2]["userErrors"][0]["field"], json!(["input", "2", "channel"]));
    })
    .await;
}

#[tokio::test]
async fn what_the_channel_shows_is_theirs_to_say() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let product = both(&owner).await;
        let span = json!({ "channel": "japan", "publishedUntil": "2030-01-01T00:00:00Z" });

        let shown = fixture::show(&clerk, &product, span).await;
        let elsewhere = fixture::show(&clerk, &product, json!({ "channel": "default" })).await;
        let hidden_elsewhere = fixture::hide(&clerk, &product, "default").await;
        let hidden = fixture::hide(&clerk, &product, "japan").await;

        assert_eq!(shown.user_errors(), [""; 0]);
        assert_eq!(shown.at("/productChannelSet/product/id"), product.as_str());
        assert_eq!(elsewhere.code(), Some("FORBIDDEN"));
        assert_eq!(hidden_elsewhere.code(), Some("FORBIDDEN"));
        assert_eq!(hidden.user_errors(), [""; 0]);
        let left = fixture::read(&owner, &product, "publications { channel { slug } }").await;
        assert_eq!(left["publications"], json!([{ "channel": { "slug": "default" } }]));
    })
    .await;
}

#[tokio::test]
async fn collections_in_the_channel_are_theirs_to_show_and_hide() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let draft = json!({ "name": "Tops", "status": "DRAFT", "channels": ["default", "japan"] });
        let collection = fixture::collection(&owner, draft).await;
        let other = fixture::collection(&owner, json!({ "name": "Hidden", "channels": ["default"] })).await;
        let span = json!({ "channel": "japan", "publishedUntil": "2030-01-01T00:00:00Z" });

        let shown = fixture::show(&clerk, &collection, span.clone()).await;

        assert_eq!(shown.user_errors(), [""; 0]);
        assert_eq!(shown.at("/collectionChannelSet/collection/id"), collection.as_str());
        assert_eq!(fixture::show(&clerk, &other, span).await.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::hide(&clerk, &other, "japan").await.user_errors(), ["NOT_FOUND id"]);
        let default = json!({ "channel": "default" });
        assert_eq!(fixture::show(&clerk, &collection, default).await.code(), Some("FORBIDDEN"));
        assert_eq!(fixture::hide(&clerk, &collection, "default").await.code(), Some("FORBIDDEN"));
        assert_eq!(fixture::hide(&clerk, &collection, "japan").await.user_errors(), [""; 0]);
        let renamed = fixture::update(&clerk, "collectionUpdate", &collection, json!({ "name": "New" })).await;
        assert_eq!(renamed.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_assigned_is_not_brought_in_by_its_id() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let product = fixture::product(&owner, json!({ "status": "DRAFT", "channels": ["default"] })).await;
        let variant = fixture::variant(&owner, &product).await;

        let shown = fixture::show(&clerk, &product, json!({ "channel": "japan" })).await;
        let price = json!({ "channel": "japan", "price": "900" });
        let priced = fixture::update(&clerk, "productVariantPriceSet", &variant, price).await;

        assert_eq!(shown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(shown.at("/productChannelSet/product"), &Value::Null);
        assert_eq!(priced.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn texts_status_and_stock_are_never_theirs() {
    on_both(async |app| {
        let (owner, clerk) = shop(app).await;
        let product = both(&owner).await;
        let variant = fixture::variant(&owner, &product).await;

        let stock = json!({ "variant": variant, "onHand": 1 });
        let refused = [
            fixture::update(&clerk, "productUpdate", &product, json!({ "name": "New" })).await,
            fixture::update(&clerk, "productVariantUpdate", &variant, json!({ "sku": "NEW" })).await,
            fixture::change(&clerk, "productArchive", &product).await,
            fixture::change(&clerk, "productVariantArchive", &variant).await,
            fixture::change(&clerk, "productDelete", &product).await,
            fixture::create_product(&clerk, json!({ "channels": ["japan"] })).await,
            fixture::stock(&clerk, "stockLevelSet", stock).await,
            fixture::create_channel(&clerk, json!({ "slug": "mine" })).await,
        ];

        for reply in refused {
            assert_eq!(reply.code(), Some("FORBIDDEN"), "{}", reply.json);
        }
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}
