//! What is not published is not there for shoppers, whichever way they come.

use serde_json::{Value, json};
use tradepost::auth::Permission;

use crate::support::{Client, fixture, on_both};

/// Whether a client finds a product by each way that leads to it.
pub async fn ways(client: &Client, product: &str, variant: &str, collection: &str) -> Vec<(&'static str, bool)> {
    let query = "query($product: ID!, $variant: ID!, $collection: ID!) {
        product(id: $product) { id }
        productBySlug(slug: \"hidden\") { id }
        products { totalCount nodes { id } }
        bySku: products(query: \"hid-1\") { totalCount }
        node(id: $product) { id }
        nodes(ids: [$product]) { id }
        variant: node(id: $variant) { ... on ProductVariant { product { id } } }
        collection: node(id: $collection) { ... on Collection { products { totalCount nodes { id } } } }
    }";
    let variables = json!({ "product": product, "variant": variant, "collection": collection });
    let reply = client.run(query, variables).await;
    let data = reply.data();
    let is_there = |value: &Value| value["id"] == product;
    vec![
        ("product", is_there(&data["product"])),
        ("productBySlug", is_there(&data["productBySlug"])),
        ("products", is_there(&data["products"]["nodes"][0])),
        ("totalCount", data["products"]["totalCount"] == 1),
        ("query", data["bySku"]["totalCount"] == 1),
        ("node", is_there(&data["node"])),
        ("nodes", is_there(&data["nodes"][0])),
        ("variant.product", is_there(&data["variant"]["product"])),
        ("collection.products", is_there(&data["collection"]["products"]["nodes"][0])),
        ("collection.totalCount", data["collection"]["products"]["totalCount"] == 1),
    ]
}

#[tokio::test]
async fn every_way_in_agrees_on_what_may_be_seen() {
    on_both(async |app| {
        let owner = app.owner().await;
        let reader = app.staff(&[Permission::ProductRead]).await;
        let (clerk, powerless) = (app.staff(&[Permission::StockWrite]).await, app.staff(&[]).await);
        let input = json!({ "slug": "hidden", "variants": [{ "price": "1", "sku": "hid-1" }] });
        let product = fixture::product(&owner, input).await;
        let variant = fixture::variant(&owner, &product).await;
        let collection = fixture::collection(&owner, json!({ "products": [product] })).await;

        for (verb, is_public) in [("Publish", true), ("Unpublish", false), ("Archive", false)] {
            fixture::change(&owner, &format!("product{verb}"), &product).await.data();

            for (client, who, expected) in [
                (&app.anonymous(), "shopper", is_public),
                (&powerless, "staff without a right", is_public),
                (&clerk, "clerk who counts stock", true),
                (&reader, "reader", true),
            ] {
                for (way, is_seen) in ways(client, &product, &variant, &collection).await {
                    assert_eq!(is_seen, expected, "{who} by {way} after {verb}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_published_product_without_anything_to_buy_is_not_seen() {
    on_both(async |app| {
        let owner = app.owner().await;
        let bare = fixture::product(&owner, json!({ "name": "Bare", "variants": [] })).await;
        let priceless = fixture::product(&owner, json!({ "name": "Priceless", "variants": [{}] })).await;

        for id in [bare, priceless] {
            assert!(fixture::read(&app.anonymous(), &id, "id").await.is_null());
            assert!(!fixture::read(&owner, &id, "id").await.is_null());
        }
    })
    .await;
}

#[tokio::test]
async fn what_only_staff_may_know_is_guarded() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = app.staff(&[Permission::StockWrite]).await;
        fixture::product(&owner, json!({})).await;
        let fields = [
            "externalId",
            "privateMetadata { key }",
            "variants { externalId }",
            "variants { privateMetadata { key } }",
            "variants { stockLevels { onHand } }",
        ];

        for field in fields {
            let query = format!("{{ products {{ nodes {{ name {field} }} }} }}");
            for (client, code) in [(&app.anonymous(), "UNAUTHENTICATED"), (&clerk, "FORBIDDEN")] {
                let reply = client.query(&query).await;

                assert_eq!(reply.code(), Some(code), "{field}");
                assert_eq!(reply.json["data"]["products"]["nodes"][0]["name"], "Linen Shirt", "the rest is answered");
            }
            owner.query(&query).await.data();
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_channel_is_a_mistake_of_the_request() {
    on_both(async |app| {
        let id = fixture::unknown("product");
        let queries = [
            "{ shop(channel: \"no\") { version } }".to_owned(),
            format!("{{ product(id: \"{id}\", channel: \"no\") {{ id }} }}"),
            "{ productBySlug(slug: \"a\", channel: \"no\") { id } }".to_owned(),
            "{ products(channel: \"no\") { totalCount } }".to_owned(),
            "{ collections(channel: \"no\") { totalCount } }".to_owned(),
            "{ collectionBySlug(slug: \"a\", channel: \"no\") { id } }".to_owned(),
        ];

        for query in queries {
            assert_eq!(app.anonymous().query(&query).await.code(), Some("BAD_USER_INPUT"), "{query}");
        }
    })
    .await;
}
