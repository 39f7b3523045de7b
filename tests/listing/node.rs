//! Any object by its global id.

use serde_json::{Value, json};

use tradepost::auth::Permission;

use crate::support::{fixture, on_both};

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
    ... on Product { name } ... on ProductVariant { sku } ... on Collection { slug } } }";

#[tokio::test]
async fn nodes_come_in_the_order_of_their_ids() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({ "variants": [{ "price": "1", "sku": "S" }] })).await;
        let variant = fixture::variant(&owner, &product).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let draft = fixture::product(&owner, json!({ "name": "Draft", "status": "DRAFT" })).await;
        let ids = json!([collection, fixture::unknown("product"), variant, draft, product, variant]);

        let reply = app.anonymous().run(NODES, json!({ "ids": ids })).await;

        let bought = json!({ "__typename": "ProductVariant", "id": variant, "sku": "S" });
        let expected = json!([
            { "__typename": "Collection", "id": collection, "slug": "shirts" },
            null,
            bought,
            null,
            { "__typename": "Product", "id": product, "name": "Linen Shirt" },
            bought
        ]);
        assert_eq!(reply.at("/nodes"), &expected);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_id_of_an_object_is_refused() {
    on_both(async |app| {
        let uuid = "01939d5c-0000-7000-8000-000000000000";
        let wrong = ["", "product", "product_", "product_1", uuid, &format!("cart{uuid}"), &format!("PRODUCT_{uuid}")];

        for id in wrong {
            let node = app.anonymous().run("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            assert_eq!(node.code(), Some("BAD_USER_INPUT"), "{id}");
            let nodes = app.anonymous().run(NODES, json!({ "ids": [id] })).await;
            assert_eq!(nodes.code(), Some("BAD_USER_INPUT"), "{id}");
        }
        let query = "query($id: ID!) { product(id: $id) { id } }";
        let other = app.anonymous().run(query, json!({ "id": fixture::unknown("collection") })).await;
        assert_eq!(other.code(), Some("BAD_USER_INPUT"), "an id of another kind");
    })
    .await;
}

#[tokio::test]
async fn at_most_a_hundred_ids_are_looked_up_at_once() {
    on_both(async |app| {
        let ids = |count: usize| json!({ "ids": vec![fixture::unknown("product"); count] });

        let most = app.anonymous().run(NODES, ids(100)).await;
        assert_eq!(most.at("/nodes"), &json!(vec![Value::Null; 100]));

        assert_eq!(app.anonymous().run(NODES, ids(101)).await.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn an_object_that_is_reached_through_others_is_no_node() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({
            "images": [{ "url": "/a" }], "options": [{ "name": "Size" }],
            "variants": [{ "price": "1", "optionValues": [{ "option": "Size", "value": "S" }] }]
        });
        let product = fixture::product(&owner, input).await;
        let parts = fixture::read(&owner, &product, "image { id } options { id values { id } }").await;
        let mut ids = ["/image/id", "/options/0/id", "/options/0/values/0/id"]
            .map(|place| parts.pointer(place).unwrap().clone())
            .to_vec();
        ids.extend(["movement", "staff", "role", "session", "event"].map(|kind| json!(fixture::unknown(kind))));

        let nodes = owner.run(NODES, json!({ "ids": ids })).await;

        assert_eq!(nodes.at("/nodes"), &json!(vec![Value::Null; ids.len()]));
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_there_for_everybody_and_a_location_for_those_who_read_stock() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        let level = fixture::read(&owner, &product, "variants { stockLevels { location { id name } } }").await;
        let location = level["variants"][0]["stockLevels"][0]["location"].clone();
        let channel = app.anonymous().query("{ shop { channel { id name } } }").await.at("/shop/channel").clone();
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id
            ... on Channel { name } ... on StockLocation { name } } }";
        let ids = json!({ "ids": [channel["id"], location["id"]] });

        for (client, expected) in [
            (app.anonymous(), &Value::Null),
            (app.staff(&[Permission::StockWrite]).await, &Value::Null),
            (app.staff(&[Permission::StockRead]).await, &location),
        ] {
            assert_eq!(client.run(query, ids.clone()).await.at("/nodes"), &json!([channel, expected]));
        }
    })
    .await;
}
