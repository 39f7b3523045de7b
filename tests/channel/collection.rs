//! Which channels show a collection, and from when until when.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

/// Whether a client finds a collection by each way that leads to it.
async fn ways(client: &Client, collection: &str, child: &str, product: &str) -> Vec<(&'static str, bool)> {
    let query = "query($id: ID!, $child: ID!, $product: ID!) {
        collectionBySlug(slug: \"season\") { id }
        collections(filter: { isTopLevel: true }) { totalCount nodes { id } }
        node(id: $id) { id }
        child: node(id: $child) { ... on Collection { parent { id } } }
        children: collections(filter: { parent: $id }) { totalCount }
        product(id: $product) { collections { id } }
        members: products(filter: { collection: $id }) { totalCount }
    }";
    let reply = client.run(query, json!({ "id": collection, "child": child, "product": product })).await;
    let data = reply.data();
    let is_there = |value: &Value| value["id"] == collection;
    vec![
        ("collectionBySlug", is_there(&data["collectionBySlug"])),
        ("collections", is_there(&data["collections"]["nodes"][0])),
        ("totalCount", data["collections"]["totalCount"] == 1),
        ("node", is_there(&data["node"])),
        ("parent", is_there(&data["child"]["parent"])),
        ("filter.parent", data["children"]["totalCount"] == 1),
        ("product.collections", is_there(&data["product"]["collections"][0])),
        ("filter.collection", data["members"]["totalCount"] == 1),
    ]
}

#[tokio::test]
async fn every_way_in_agrees_on_what_is_shown_now() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        let product = fixture::product(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({ "slug": "season", "products": [product] })).await;
        let child = fixture::collection(&owner, json!({ "slug": "part", "parent": collection })).await;
        let (past, future) = ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z");
        let spans = [
            (json!({}), true),
            (json!({ "publishedFrom": past, "publishedUntil": future }), true),
            (json!({ "publishedFrom": future }), false),
            (json!({ "publishedUntil": past }), false),
        ];

        for (span, is_shown) in spans {
            let span = fixture::with(json!({ "channel": "default" }), span);
            assert_eq!(fixture::show(&owner, &collection, span.clone()).await.user_errors(), [""; 0]);

            for (client, expected) in [(&shopper, is_shown), (&owner, true)] {
                for (way, is_seen) in ways(client, &collection, &child, &product).await {
                    assert_eq!(is_seen, expected, "{way} in {span}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_collection_is_shown_where_it_is_assigned() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;
        let collection = fixture::collection(&owner, json!({ "slug": "season" })).await;
        let count = async |client: &Client| {
            let query = "{ collections(channel: \"japan\") { totalCount nodes { id } }
                collectionBySlug(slug: \"season\", channel: \"japan\") { id } }";
            let reply = client.query(query).await;
            let is_there = !reply.at("/collectionBySlug").is_null();
            assert_eq!(reply.at("/collections/totalCount"), i32::from(is_there));
            is_there
        };
        assert_eq!((count(&shopper).await, count(&owner).await), (false, true));

        fixture::show(&owner, &collection, json!({ "channel": "japan" })).await.data();
        assert!(count(&shopper).await);

        fixture::hide(&owner, &collection, "japan").await.data();
        assert!(!count(&shopper).await);
        assert!(!fixture::read(&shopper, &collection, "id").await.is_null(), "the other channel is as it was");
    })
    .await;
}

#[tokio::test]
async fn a_collection_shows_the_members_that_its_channel_shows() {
    on_both(async |app| {
        let (owner, shopper) = (app.owner().await, app.anonymous());
        fixture::channel(&owner, json!({})).await;
        let mut products = Vec::new();
        for (name, channels) in [("Both", json!(["default", "japan"])), ("Here", json!(["default"]))] {
            let product = fixture::product(&owner, json!({ "name": name, "channels": channels })).await;
            fixture::price(&owner, &product, "japan", "1500").await.data();
            products.push(product);
        }
        let input = json!({ "slug": "season", "products": products, "channels": ["default", "japan"] });
        let collection = fixture::collection(&owner, input).await;
        let names = async |channel: &str| {
            let query = "query($channel: String) { collectionBySlug(slug: \"season\", channel: $channel) {
                products { totalCount nodes { name } } } }";
            let reply = shopper.run(query, json!({ "channel": channel })).await;
            reply.at("/collectionBySlug/products").clone()
        };

        let both = json!({ "totalCount": 2, "nodes": [{ "name": "Both" }, { "name": "Here" }] });
        assert_eq!(names("default").await, both);
        assert_eq!(names("japan").await, json!({ "totalCount": 1, "nodes": [{ "name": "Both" }] }));

        fixture::show(&owner, &products[1], json!({ "channel": "japan" })).await.data();
        assert_eq!(names("japan").await, both);

        fixture::members(&owner, "collectionProductsRemove", &collection, &products[..1]).await.data();
        assert_eq!(names("japan").await, json!({ "totalCount": 1, "nodes": [{ "name": "Here" }] }));
    })
    .await;
}
