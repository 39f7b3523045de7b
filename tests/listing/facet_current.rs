//! Counts follow every change at once, and tell nobody of what he may not see.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tradepost::auth::Permission;
use tradepost::entity::product_listing;

use super::facet::{counts, facets, of};
use crate::support::{Client, TestApp, fixture, on_both, sql};

/// An attribute of variants and one of products, and a product with two variants.
async fn product(app: &TestApp) -> (Client, String, Vec<String>) {
    let owner = app.owner().await;
    fixture::define_attribute(&owner, json!({ "name": "Material" })).await;
    let choices = json!([{ "name": "Slim" }, { "name": "Wide" }]);
    let fit = json!({ "name": "Fit", "type": "CHOICE", "subject": "VARIANT", "choices": choices });
    fixture::define_attribute(&owner, fit).await;
    let variant = |size: &str, fit: &str| {
        json!({
            "price": "1", "optionValues": [{ "option": "Size", "value": size }],
            "attributes": [{ "attribute": "fit", "choices": [fit] }]
        })
    };
    let input = json!({
        "vendor": "Weaver", "options": [{ "name": "Size" }], "tags": ["new"],
        "variants": [variant("S", "slim"), variant("M", "slim"), variant("L", "wide")],
        "attributes": [{ "attribute": "material", "texts": ["Wool", "Silk"] }]
    });
    let product = fixture::product(&owner, input).await;
    let variants = fixture::variants(&owner, &product).await;
    (owner, product, variants)
}

async fn fits(client: &Client) -> Vec<String> {
    of(&facets(client, json!({})).await, "fit")
}

#[tokio::test]
async fn a_product_counts_once_whatever_number_of_its_variants_has_a_value() {
    on_both(async |app| {
        product(app).await;

        let found = facets(&app.anonymous(), json!({})).await;

        assert_eq!(of(&found, "fit"), ["slim:1", "wide:1"]);
        assert_eq!(of(&found, "material"), ["silk:1", "wool:1"]);
    })
    .await;
}

#[tokio::test]
async fn what_shoppers_do_not_see_is_counted_for_staff_alone() {
    on_both(async |app| {
        let (owner, product, variants) = product(app).await;
        let reader = app.staff(&[Permission::ProductRead]).await;
        let shopper = app.anonymous();

        fixture::change(&owner, "productVariantUnpublish", &variants[2]).await.data();
        assert_eq!(fits(&shopper).await, ["slim:1"]);
        assert_eq!(fits(&reader).await, ["slim:1", "wide:1"]);

        fixture::change(&owner, "productVariantPublish", &variants[2]).await.data();
        assert_eq!(fits(&shopper).await, ["slim:1", "wide:1"]);
        fixture::update(&owner, "productVariantPriceSet", &variants[2], json!({ "price": null })).await.data();
        assert_eq!(fits(&shopper).await, ["slim:1"]);

        fixture::change(&owner, "productUnpublish", &product).await.data();
        assert!(fits(&shopper).await.is_empty());
        assert_eq!(fits(&reader).await, ["slim:1", "wide:1"]);
    })
    .await;
}

#[tokio::test]
async fn every_change_of_a_product_shows_at_once() {
    on_both(async |app| {
        let (owner, product, variants) = product(app).await;
        let shopper = app.anonymous();
        let found = async || facets(&shopper, json!({})).await;
        assert_eq!(counts(&found().await["vendors"]), ["Weaver:1"]);

        let change = json!({ "vendor": "Tailor", "type": "Top", "tags": ["Old", "new"] });
        fixture::update(&owner, "productUpdate", &product, change).await.data();
        let values = json!([{ "attribute": "material", "texts": ["Linen"] }]);
        fixture::set_attributes(&owner, "productAttributesSet", &product, values).await.data();
        let after = found().await;
        assert_eq!(counts(&after["vendors"]), ["Tailor:1"]);
        assert_eq!(counts(&after["types"]), ["Top:1"]);
        assert_eq!(counts(&after["tags"]), ["new:1", "old:1"]);
        assert_eq!(of(&after, "material"), ["linen:1"]);

        let values = json!([{ "attribute": "fit", "choices": ["slim"] }]);
        fixture::set_attributes(&owner, "productVariantAttributesSet", &variants[2], values).await.data();
        fixture::update(&owner, "productVariantPriceSet", &variants[2], json!({ "price": "9" })).await.data();
        let after = found().await;
        assert_eq!(of(&after, "fit"), ["slim:1"]);
        assert_eq!(after["price"]["highest"]["amount"], "9.00");
        assert_eq!(after["available"], 0);
        fixture::stock(&owner, "stockLevelSet", json!({ "variant": variants[0], "onHand": 1 })).await.data();
        assert_eq!(found().await["available"], 1);

        let input = json!({ "variants": [{ "price": "1" }], "name": "Other", "vendor": "Tailor" });
        let other = fixture::product(&owner, input).await;
        assert_eq!(counts(&found().await["vendors"]), ["Tailor:2"]);
        let operation = "mutation($id: ID!) { productDelete(id: $id) { userErrors { code message field } } }";
        assert!(owner.run(operation, json!({ "id": other })).await.user_errors().is_empty());
        assert_eq!(counts(&found().await["vendors"]), ["Tailor:1"]);
    })
    .await;
}

/// The labels of the tags, and of the values of the attribute of products.
async fn labels(client: &Client) -> Value {
    let found = facets(client, json!({})).await;
    let of = |values: &Value| values.as_array().unwrap().iter().map(|it| it["label"].clone()).collect::<Value>();
    let attributes = found["attributes"].as_array().unwrap();
    let material = attributes.iter().find(|it| it["attribute"]["code"] == "material").unwrap();
    json!([of(&found["tags"]), of(&material["values"])])
}

#[tokio::test]
async fn a_value_goes_by_the_spelling_that_it_was_last_given() {
    on_both(async |app| {
        let (owner, product, _) = product(app).await;
        let shopper = app.anonymous();
        assert_eq!(labels(&shopper).await, json!([["new"], ["Silk", "Wool"]]));

        fixture::update(&owner, "productUpdate", &product, json!({ "tags": ["New"] })).await.data();
        assert_eq!(labels(&shopper).await, json!([["New"], ["Silk", "Wool"]]));

        let values = json!([{ "attribute": "material", "texts": ["WOOL", "Silk"] }]);
        fixture::set_attributes(&owner, "productAttributesSet", &product, values).await.data();
        assert_eq!(labels(&shopper).await, json!([["New"], ["Silk", "WOOL"]]));
        assert_eq!(of(&facets(&shopper, json!({})).await, "material"), ["silk:1", "wool:1"]);
    })
    .await;
}

#[tokio::test]
async fn an_attribute_that_nobody_filters_by_is_not_counted() {
    on_both(async |app| {
        let (owner, _, _) = product(app).await;
        let id = owner.query("{ attribute(code: \"fit\") { id } }").await.text("/attribute/id");

        fixture::update(&owner, "attributeUpdate", &id, json!({ "isFilterable": false })).await.data();
        assert!(fits(&app.anonymous()).await.is_empty());

        let choices = json!([{ "name": "Narrow", "slug": "slim" }, { "name": "Wide" }]);
        let change = json!({ "isFilterable": true, "choices": choices });
        fixture::update(&owner, "attributeUpdate", &id, change).await.data();
        let found = facets(&app.anonymous(), json!({})).await;
        let attribute = found["attributes"].as_array().unwrap().iter().find(|it| it["attribute"]["code"] == "fit");
        assert_eq!(attribute.unwrap()["values"][0]["label"], "Narrow");
    })
    .await;
}

#[tokio::test]
async fn what_is_shown_for_a_time_only_is_counted_in_that_time() {
    on_both(async |app| {
        let (owner, product, _) = product(app).await;
        sql::execute(app.app.db(), "UPDATE product_listing SET published_until = 1").await.unwrap();

        assert!(fits(&app.anonymous()).await.is_empty());
        assert_eq!(fits(&owner).await, ["slim:1", "wide:1"]);
        assert_eq!(fixture::count::<product_listing::Entity>(app).await, 1, "{product}");
    })
    .await;
}

/// A node that has changed something counts anew; others know for ten seconds at most what was.
#[tokio::test]
async fn another_node_hears_of_a_change_within_moments() {
    on_both(async |app| {
        let (owner, product, _) = product(app).await;
        let (_, router) = app.sibling(&[]).await;
        let other = Client::new(router, None);
        let vendors = async |client: &Client| counts(&facets(client, json!({})).await["vendors"]);
        assert_eq!(vendors(&other).await, ["Weaver:1"]);

        fixture::update(&owner, "productUpdate", &product, json!({ "vendor": "Tailor" })).await.data();

        assert_eq!(vendors(&app.anonymous()).await, ["Tailor:1"]);
        let hears = async {
            while vendors(&other).await != ["Tailor:1"] {
                sleep(Duration::from_millis(100)).await;
            }
        };
        assert!(timeout(Duration::from_secs(10), hears).await.is_ok(), "the other node never heard of the change");
    })
    .await;
}

/// Two who give new values at once number them once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn new_values_given_at_once_are_counted_together() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::define_attribute(&owner, json!({ "name": "Material" })).await;
        let create = async |n: usize| {
            let cotton = if n.is_multiple_of(3) { "cotton" } else { "Cotton" };
            let texts = json!([format!("Wool {}", n % 2), cotton]);
            let attributes: Value = json!([{ "attribute": "material", "texts": texts }]);
            fixture::create_product(&owner, json!({ "name": format!("P {n}"), "attributes": attributes })).await
        };

        let replies = futures::future::join_all((0..12).map(create)).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        assert_eq!(of(&facets(&app.anonymous(), json!({})).await, "material"), ["cotton:12", "wool 0:6", "wool 1:6"]);
    })
    .await;
}
