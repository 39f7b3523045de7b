//! Each channel has its own prices, and shoppers see in it what is assigned to it and has one there.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

const PRODUCT: &str = "query($id: ID!, $channel: String) {
    product(id: $id, channel: $channel) { priceRange { lowest { amount currency } } variants { price { amount } } }
    products(channel: $channel) { totalCount } }";

async fn seen(client: &Client, id: &str, channel: Option<&str>) -> (Value, Value) {
    let reply = client.run(PRODUCT, json!({ "id": id, "channel": channel })).await;
    (reply.at("/product").clone(), reply.at("/products/totalCount").clone())
}

#[tokio::test]
async fn a_product_is_for_sale_where_it_has_a_price() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;
        let id = fixture::product(&owner, json!({ "channels": ["default", "japan"] })).await;
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
