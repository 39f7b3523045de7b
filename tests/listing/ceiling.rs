//! Lists inside of lists end somewhere, however little they were expected to hold.

use serde_json::{Value, json};

use crate::support::{Client, TestApp, fixture, on_both};

/// Variants of different sizes that cost 10.00.
fn sizes(count: usize) -> Value {
    let variant = |n| json!({ "price": "10", "optionValues": [{ "option": "Size", "value": format!("{n}") }] });
    json!({ "options": [{ "name": "Size" }], "variants": (0..count).map(variant).collect::<Vec<_>>() })
}

/// A shopper at a server that lets every operation begin.
async fn unweighed(app: &TestApp) -> Client {
    let (_, router) = app.sibling(&["--limit-complexity", "10000000", "--limit-depth", "20"]).await;
    Client::new(router, None)
}

#[tokio::test]
async fn lists_that_lead_back_to_each_other_are_stopped() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, sizes(40)).await;
        let shopper = unweighed(app).await;
        let twice = "variants { product { variants { product {";
        let cases = [
            format!("{{ product(id: \"{product}\") {{ {twice} variants {{ id }} }} }} }} }} }} }}"),
            format!("{{ product(id: \"{product}\") {{ {twice} options {{ values {{ id }} }} }} }} }} }} }} }}"),
        ];

        for query in cases {
            let reply = shopper.query(&query).await;

            assert_eq!(reply.code(), Some("QUERY_TOO_COMPLEX"), "{}", reply.message());
            assert!(reply.message().contains("hold more than"), "{}", reply.message());
            assert_eq!(reply.json["data"], json!({ "product": null }));
        }
    })
    .await;
}

#[tokio::test]
async fn the_weight_of_a_list_stops_most_of_that_before_it_begins() {
    on_both(async |app| {
        let product = fixture::product(&app.owner().await, sizes(1)).await;

        let thrice = "variants { product { variants { product { variants { product {";
        let query = format!("{{ product(id: \"{product}\") {{ {thrice} variants {{ id }} }} }} }} }} }} }} }} }}");
        let reply = app.anonymous().query(&query).await;

        assert_eq!(reply.code(), Some("QUERY_TOO_COMPLEX"));
        assert!(reply.json["data"].is_null());
    })
    .await;
}

#[tokio::test]
async fn what_a_storefront_asks_for_is_answered_under_the_usual_limits() {
    on_both(async |app| {
        let owner = app.owner().await;
        for n in 0..100 {
            fixture::product(&owner, fixture::with(sizes(3), json!({ "name": format!("P {n}") }))).await;
        }
        let shopper = app.anonymous();

        let reply =
            shopper.query("{ products(first: 100) { nodes { name variants { sku price { amount } } } } }").await;
        assert_eq!(reply.at("/products/nodes/99/variants").as_array().map(Vec::len), Some(3));

        let page = "{ products(first: 20) { totalCount pageInfo { endCursor } nodes {
            id slug name image { url altText } priceRange { lowest { amount currency } } isAvailable
            options { name values { name } } collections { name slug }
            variants { id sku price { amount currency } compareAtPrice { amount } isAvailable
                selectedOptions { name value } } } } }";
        assert_eq!(shopper.query(page).await.at("/products/nodes").as_array().map(Vec::len), Some(20));
    })
    .await;
}
