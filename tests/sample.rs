//! The sample shop: what a developer finds on the first day.

use http::{Request, StatusCode};
use serde_json::{Value, json};
use tradepost::sample;

use crate::support::{Client, TestApp, on_both};

const ALL: &str = "{ products(first: 100) { totalCount nodes {
    slug status isAvailable priceRange { lowest { amount } } images { url altText }
    variants { price { amount } image { url } } } } }";

const COLLECTIONS: &str = "{ collections(first: 100) { nodes {
    slug parent { slug } children { slug } image { url } products { totalCount nodes { slug } } } } }";

const DELIVERY: &str = "{ shippingZones(first: 5) { nodes { version areas { country } channels { slug }
    methods { name kind version isActive pickupLocation { name address { country } }
        rates { currency flat { amount } freeFrom { amount } } } } } }";

async fn products(client: &Client) -> Vec<Value> {
    client.query(ALL).await.at("/products/nodes").as_array().unwrap().clone()
}

async fn collections(client: &Client) -> Vec<Value> {
    client.query(COLLECTIONS).await.at("/collections/nodes").as_array().unwrap().clone()
}

#[tokio::test]
async fn about_twenty_products_are_for_sale_and_drafts_are_hidden() {
    on_both(async |app| {
        let owner = app.owner().await;

        let summary = sample::load(&app.app).await.unwrap();

        let (all, seen) = (products(&owner).await, products(&app.anonymous()).await);
        assert!((18..=25).contains(&all.len()), "{}", all.len());
        assert_eq!(summary.created, u64::try_from(all.len()).unwrap());
        let drafts = all.iter().filter(|product| product["status"] == "DRAFT").count();
        assert!(drafts > 0, "there is something to publish");
        assert_eq!(seen.len(), all.len() - drafts);
        for product in &seen {
            assert!(product["priceRange"].is_object(), "{product}");
            assert!(product["images"].as_array().is_some_and(|images| !images.is_empty()), "{product}");
        }
        assert!(seen.iter().any(|product| product["isAvailable"] == true));
        assert!(seen.iter().any(|product| product["variants"].as_array().is_some_and(|list| list.len() > 3)));
    })
    .await;
}

/// Every address of a picture below a value.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("url").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| addresses(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| addresses(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_picture_is_described_and_served_from_here() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    sample::load(&app.app).await.unwrap();
    let (products, collections) = (products(&owner).await, collections(&owner).await);
    let mut found = Vec::new();
    addresses(&json!([products, collections]), &mut found);
    found.sort();
    found.dedup();
    assert!(found.len() >= 20, "{found:?}");

    for address in found {
        let path = address.strip_prefix(&app.app.config().public_url).unwrap();
        let reply = app.anonymous().send(Request::get(path).body(axum::body::Body::empty()).unwrap()).await;

        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(reply.header("content-type"), Some("image/svg+xml"), "{path}");
        assert!(reply.body.starts_with(b"<svg"), "{path}");
    }
    for image in products.iter().flat_map(|product| product["images"].as_array().unwrap()) {
        assert!(image["altText"].is_string(), "{image}");
    }
}

#[tokio::test]
async fn a_picture_that_does_not_exist_is_not_found() {
    let app = TestApp::on_sqlite().await;

    for path in ["/sample/no-such-picture.svg", "/sample/canvas-tote-moss", "/sample/..%2Fproducts.csv"] {
        let reply = app.anonymous().send(Request::get(path).body(axum::body::Body::empty()).unwrap()).await;

        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn collections_are_a_tree_with_members() {
    on_both(async |app| {
        sample::load(&app.app).await.unwrap();

        let collections = collections(&app.anonymous()).await;

        assert!(collections.len() >= 4);
        assert!(collections.iter().any(|collection| collection["children"].as_array().is_some_and(|c| !c.is_empty())));
        for collection in &collections {
            assert_ne!(collection["products"]["totalCount"], 0, "{collection}");
            if let Some(parent) = collection["parent"]["slug"].as_str() {
                let parent = collections.iter().find(|other| other["slug"] == parent).unwrap();
                let child = json!({ "slug": collection["slug"] });
                assert!(parent["children"].as_array().unwrap().contains(&child), "{parent}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn loading_it_again_changes_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let first = sample::load(&app.app).await.unwrap();
        let before = (products(&owner).await, collections(&owner).await);
        let delivery = owner.query(DELIVERY).await.data().clone();

        let second = sample::load(&app.app).await.unwrap();

        assert_eq!((second.created, second.updated, second.failed), (0, 0, 0));
        assert_eq!(second.unchanged, first.created);
        assert_eq!((products(&owner).await, collections(&owner).await), before);
        assert_eq!(owner.query(DELIVERY).await.data(), &delivery);
    })
    .await;
}

#[tokio::test]
async fn goods_are_shipped_at_home_and_can_be_fetched() {
    on_both(async |app| {
        sample::load(&app.app).await.unwrap();

        let reply = app.owner().await.query(DELIVERY).await;

        let zones = reply.at("/shippingZones/nodes").as_array().unwrap();
        assert_eq!(zones.len(), 1);
        assert_eq!(zones[0]["areas"], json!([{ "country": "US" }]));
        assert_eq!(zones[0]["channels"], json!([{ "slug": "default" }]));
        let methods = zones[0]["methods"].as_array().unwrap();
        let kinds: Vec<_> = methods.iter().map(|method| &method["kind"]).collect();
        assert_eq!(kinds, ["SHIPPING", "PICKUP"]);
        let rates = json!([{ "currency": "USD", "flat": { "amount": "5.00" }, "freeFrom": { "amount": "100.00" } }]);
        assert_eq!(methods[0]["rates"], rates);
        assert_eq!(methods[1]["pickupLocation"]["address"]["country"], "US");
    })
    .await;
}
