//! Any object by its global id.

use serde_json::{Value, json};

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
        let wrong =
            ["", "product", "product_", "product_1", uuid, &format!("channel_{uuid}"), &format!("PRODUCT_{uuid}")];

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
