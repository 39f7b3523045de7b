//! Each channel has its own prices, and shoppers see in it what has one there.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::clock::Timestamp;
use tradepost::entity::channel;
use tradepost::id::ChannelId;

use crate::support::{Client, TestApp, fixture, on_both};

const PRODUCT: &str = "query($id: ID!, $channel: String) {
    product(id: $id, channel: $channel) { priceRange { lowest { amount currency } } variants { price { amount } } }
    products(channel: $channel) { totalCount } }";

/// A second channel, whose currency has no cents.
async fn japan(app: &TestApp) {
    let row = channel::ActiveModel {
        id: Set(ChannelId::generate()),
        slug: Set("japan".to_owned()),
        name: Set("Japan".to_owned()),
        currency: Set("JPY".to_owned()),
        default_language: Set("ja".to_owned()),
        home_country: Set("JP".to_owned()),
        prices_include_tax: Set(true),
        is_default: Set(false),
        created_at: Set(Timestamp::now()),
        updated_at: Set(Timestamp::now()),
        version: Set(1),
    };
    let tx = app.app.db().begin().await.unwrap();
    channel::Entity::insert(row).exec_without_returning(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn seen(client: &Client, id: &str, channel: Option<&str>) -> (Value, Value) {
    let reply = client.run(PRODUCT, json!({ "id": id, "channel": channel })).await;
    (reply.at("/product").clone(), reply.at("/products/totalCount").clone())
}

#[tokio::test]
async fn a_product_is_for_sale_where_it_has_a_price() {
    on_both(async |app| {
        japan(app).await;
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let id = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &id).await;
        let set = async |price: Value| {
            let input = json!({ "channel": "japan", "price": price });
            fixture::update(&owner, "productVariantPriceSet", &variant, input).await
        };
        assert_eq!(seen(&shopper, &id, Some("japan")).await, (Value::Null, json!(0)));
        let (for_staff, count) = seen(&owner, &id, Some("japan")).await;
        assert_eq!((for_staff, count), (json!({ "priceRange": null, "variants": [{ "price": null }] }), json!(1)));

        assert!(set(json!("1500")).await.user_errors().is_empty());
        let lowest = json!({ "lowest": { "amount": "1500", "currency": "JPY" } });
        let in_japan = json!({ "priceRange": lowest, "variants": [{ "price": { "amount": "1500" } }] });
        assert_eq!(seen(&shopper, &id, Some("japan")).await, (in_japan, json!(1)));

        assert!(set(Value::Null).await.user_errors().is_empty());
        assert_eq!(seen(&shopper, &id, Some("japan")).await, (Value::Null, json!(0)));
        let lowest = json!({ "lowest": { "amount": "10.00", "currency": "USD" } });
        let at_home = json!({ "priceRange": lowest, "variants": [{ "price": { "amount": "10.00" } }] });
        assert_eq!(seen(&shopper, &id, None).await, (at_home, json!(1)), "the default channel is as it was");
    })
    .await;
}

#[tokio::test]
async fn a_price_has_the_decimals_of_its_channel() {
    on_both(async |app| {
        japan(app).await;
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &id).await;

        let input = json!({ "channel": "japan", "price": "1500.50" });
        let reply = fixture::update(&owner, "productVariantPriceSet", &variant, input).await;

        assert_eq!(reply.user_errors(), ["INVALID input.price"]);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_sorted_and_filtered_by_the_prices_of_its_channel() {
    on_both(async |app| {
        japan(app).await;
        let owner = app.owner().await;
        for (name, here, there) in [("A", "1", "300"), ("B", "2", "200"), ("C", "3", "100")] {
            let input = json!({ "name": name, "variants": [{ "price": here }] });
            let id = fixture::product(&owner, input).await;
            let variant = fixture::variant(&owner, &id).await;
            let price = json!({ "channel": "japan", "price": there });
            fixture::update(&owner, "productVariantPriceSet", &variant, price).await.data();
        }
        let shopper = app.anonymous();

        let sort = "sort: { field: PRICE }";
        assert_eq!(super::names(&shopper, &format!("({sort})")).await, ["A", "B", "C"]);
        assert_eq!(super::names(&shopper, &format!("({sort}, channel: \"japan\")")).await, ["C", "B", "A"]);
        let dear = "filter: { price: { from: \"200\" } }, channel: \"japan\"";
        assert_eq!(super::names(&shopper, &format!("({sort}, {dear})")).await, ["B", "A"]);
    })
    .await;
}
