//! Deleting channels.

use serde_json::json;
use tradepost::entity::{channel_country, collection_channel, collection_listing, product_channel, product_listing};

use super::{missing_listings, priced_in, read, slugs};
use crate::support::{fixture, on_both};

#[tokio::test]
async fn a_channel_goes_with_all_that_is_its_own_and_products_stay() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({ "countries": ["KR"] })).await;
        let product = fixture::product(&owner, json!({ "channels": ["japan", "default"] })).await;
        fixture::collection(&owner, json!({ "products": [product], "channels": ["japan", "default"] })).await;
        let query = "{ products(channel: \"japan\") { totalCount } }";
        owner.query(query).await.data();

        let reply = fixture::change(&owner, "channelDelete", &id).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert!(reply.at("/channelDelete/channel").is_null());
        assert_eq!(slugs(&owner).await, ["default"]);
        assert_eq!(owner.query(query).await.code(), Some("BAD_USER_INPUT"));
        assert_eq!(fixture::history(app, &id).await, ["1 channel.created", "2 channel.deleted"]);
        assert!(!fixture::read(&app.anonymous(), &product, "id").await.is_null());
        let left = [
            fixture::count::<channel_country::Entity>(app).await,
            fixture::count::<product_channel::Entity>(app).await,
            fixture::count::<product_listing::Entity>(app).await,
            fixture::count::<collection_channel::Entity>(app).await,
            fixture::count::<collection_listing::Entity>(app).await,
        ];
        assert_eq!(left, [1; 5]);
    })
    .await;
}

#[tokio::test]
async fn a_channel_with_prices_and_the_default_one_are_in_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;
        priced_in(&owner, "japan", "1000").await;
        let default = owner.query("{ shop { channel { id } } }").await.text("/shop/channel/id");

        for channel in [&id, &default] {
            let reply = fixture::change(&owner, "channelDelete", channel).await;

            assert_eq!(reply.user_errors(), ["IN_USE id"]);
            assert_eq!(reply.at("/channelDelete/channel/id"), channel);
        }
        let unknown = fixture::change(&owner, "channelDelete", &fixture::unknown("channel")).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(missing_listings(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_channel_whose_prices_were_taken_away_can_go() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::channel(&owner, json!({})).await;
        let product = priced_in(&owner, "japan", "1000").await;
        let variant = fixture::variant(&owner, &product).await;
        let none = json!({ "channel": "japan", "price": null });
        fixture::update(&owner, "productVariantPriceSet", &variant, none).await.data();

        assert_eq!(fixture::change(&owner, "channelDelete", &id).await.user_errors(), [""; 0]);

        assert!(read(&owner, "japan").await.is_null());
        fixture::channel(&owner, json!({})).await;
    })
    .await;
}
