//! A page costs the same number of statements however many rows are on it.

use serde_json::json;

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

const PRODUCTS: &str = "query($first: Int) { products(first: $first) { totalCount nodes {
    name tags image { url } images { url altText } options { name values { name } } collections { name }
    priceRange { lowest { amount } highest { amount } } isAvailable
    variants { sku price { amount currency } compareAtPrice { amount } isAvailable image { url }
        selectedOptions { name value } product { slug } } } } }";

const STOCK: &str = "query($first: Int) { products(first: $first) { totalCount nodes {
    name tags images { url } options { name values { name } } collections { name } isAvailable
    variants { sku price { amount } isAvailable selectedOptions { value } externalId
        stockLevels { onHand available location { name } } } } } }";

const COLLECTIONS: &str = "query($first: Int) { collections(first: $first, filter: { isTopLevel: true }) { nodes {
    name children { name parent { name } products(first: 2) { totalCount nodes {
        name image { url } priceRange { lowest { amount } } variants { sku isAvailable } } } } } } }";

/// A product with something in every nested field.
async fn product(owner: &Client, n: usize, collection: &str) {
    let sized = |size: &str| {
        json!({
            "price": "10", "compareAtPrice": "12", "stock": 3, "sku": format!("{n}-{size}"), "imageUrl": "/a",
            "optionValues": [{ "option": "Size", "value": size }, { "option": "Colour", "value": "Red" }]
        })
    };
    let input = json!({
        "name": format!("Product {n}"), "tags": ["a", "b"], "images": [{ "url": "/a" }, { "url": "/b" }],
        "options": [{ "name": "Size" }, { "name": "Colour" }], "variants": [sized("S"), sized("M"), sized("L")]
    });
    let id = fixture::product(owner, input).await;
    fixture::members(owner, "collectionProductsAdd", collection, &[id]).await.data();
}

/// The same client at a server that lets long pages with everything on them pass.
async fn unweighed(app: &TestApp, token: Option<&str>) -> Client {
    let (_, router) = app.sibling(&["--limit-complexity", "1000000"]).await;
    Client::new(router, token.map(str::to_owned))
}

async fn fill(app: &TestApp) -> Client {
    let owner = app.owner().await;
    let collection = fixture::collection(&owner, json!({})).await;
    for n in 0..50 {
        product(&owner, n, &collection).await;
    }
    owner
}

/// The statements of a page of some rows, all of which have to be there.
async fn cost(client: &Client, query: &str, list: &str, first: usize) -> u64 {
    let (reply, statements) = counted(client, query, json!({ "first": first })).await;
    assert_eq!(reply.at(list).as_array().map(Vec::len), Some(first));
    statements
}

#[tokio::test]
async fn a_page_of_products_costs_a_shopper_the_same_at_5_and_at_50() {
    on_both(async |app| {
        fill(app).await;
        let shopper = unweighed(app, None).await;

        let costs = [
            cost(&shopper, PRODUCTS, "/products/nodes", 5).await,
            cost(&shopper, PRODUCTS, "/products/nodes", 50).await,
        ];

        assert_eq!(costs, [12; 2]);
    })
    .await;
}

#[tokio::test]
async fn a_page_of_products_costs_staff_the_same_at_5_and_at_50() {
    on_both(async |app| {
        let owner = fill(app).await;
        let owner = unweighed(app, Some(owner.token())).await;

        let costs = [cost(&owner, STOCK, "/products/nodes", 5).await, cost(&owner, STOCK, "/products/nodes", 50).await];

        assert_eq!(costs, [12; 2]);
    })
    .await;
}

#[tokio::test]
async fn a_tree_of_collections_costs_the_same_at_3_and_at_20() {
    on_both(async |app| {
        let owner = app.owner().await;
        for n in 0..20 {
            let top = fixture::collection(&owner, json!({ "name": format!("Top {n}") })).await;
            let part = json!({ "name": format!("Part {n}"), "parent": top });
            let part = fixture::collection(&owner, part).await;
            product(&owner, n, &part).await;
        }
        let shopper = unweighed(app, None).await;

        let costs = [
            cost(&shopper, COLLECTIONS, "/collections/nodes", 3).await,
            cost(&shopper, COLLECTIONS, "/collections/nodes", 20).await,
        ];

        assert_eq!(costs, [7; 2]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_asked_for_is_not_read() {
    on_both(async |app| {
        fill(app).await;
        let shopper = app.anonymous();
        let cases = [
            ("{ products { nodes { name slug priceRange { lowest { amount } } } } }", 1),
            ("{ products { nodes { name image { url } } } }", 1),
            ("{ products { nodes { name } totalCount } }", 2),
        ];

        for (query, expected) in cases {
            let (_, statements) = counted(&shopper, query, json!({})).await;

            assert_eq!(statements, expected, "{query}");
        }
    })
    .await;
}
