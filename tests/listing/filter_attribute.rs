//! Filters by attributes.

use serde_json::{Value, json};
use tradepost::auth::Permission;

use super::filter::filtered;
use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both};

/// A shop with an attribute of each kind, and three products.
async fn shop(app: &TestApp) -> Client {
    let owner = app.owner().await;
    let choices = json!([{ "name": "Wool" }, { "name": "Linen" }, { "name": "Silk" }]);
    for (name, kind, more) in [
        ("Material", "CHOICE", json!({ "choices": choices })),
        ("Care", "TEXT", json!({})),
        ("Length", "NUMBER", json!({})),
        ("Washable", "BOOLEAN", json!({})),
        ("Since", "DATE", json!({})),
        ("Suits", "REFERENCE", json!({})),
        ("Secret", "TEXT", json!({ "isFilterable": false })),
    ] {
        fixture::define_attribute(&owner, fixture::with(json!({ "name": name, "type": kind }), more)).await;
    }
    let hat = fixture::product(
        &owner,
        json!({ "name": "Hat", "attributes": [
        { "attribute": "material", "choices": ["wool"] },
        { "attribute": "care", "texts": ["Lavage à la main"] },
        { "attribute": "length", "numbers": ["10.5"] },
        { "attribute": "secret", "texts": ["x"] }
    ] }),
    )
    .await;
    fixture::product(
        &owner,
        json!({ "name": "Shirt", "attributes": [
        { "attribute": "material", "choices": ["linen", "wool"] },
        { "attribute": "length", "numbers": ["70", "72"] },
        { "attribute": "washable", "boolean": true },
        { "attribute": "since", "dates": ["2026-03-01"] },
        { "attribute": "suits", "references": [hat] }
    ] }),
    )
    .await;
    fixture::product(
        &owner,
        json!({ "name": "Tie", "attributes": [
        { "attribute": "material", "choices": ["silk"] },
        { "attribute": "length", "numbers": ["-0.5"] },
        { "attribute": "washable", "boolean": false },
        { "attribute": "since", "dates": ["2025-12-31"] }
    ] }),
    )
    .await;
    owner
}

fn values(attribute: &str, values: &[&str]) -> Value {
    json!({ "attribute": attribute, "values": values })
}

fn range(attribute: &str, from: Option<&str>, to: Option<&str>) -> Value {
    json!({ "attribute": attribute, "range": { "from": from, "to": to } })
}

fn dates(from: Option<&str>, to: Option<&str>) -> Value {
    json!({ "attribute": "since", "dates": { "from": from, "to": to } })
}

#[tokio::test]
async fn values_of_one_attribute_are_alternatives_and_attributes_must_all_hold() {
    on_both(async |app| {
        shop(app).await;
        let shopper = app.anonymous();
        let suits = filtered(&shopper, json!({ "attributes": [values("suits", &["product_x"])] })).await;
        assert!(suits.is_empty());
        let cases: [(Value, &[&str]); 16] = [
            (json!([]), &["Hat", "Shirt", "Tie"]),
            (json!([values("material", &["wool"])]), &["Hat", "Shirt"]),
            (json!([values("material", &["linen", "silk"])]), &["Shirt", "Tie"]),
            (json!([values("material", &[])]), &[]),
            (json!([values("material", &["cotton"])]), &[]),
            (json!([values("care", &["LAVAGE  a la main"])]), &["Hat"]),
            (json!([values("length", &["10.50", "72"])]), &["Hat", "Shirt"]),
            (json!([range("length", Some("0"), Some("70"))]), &["Hat", "Shirt"]),
            (json!([range("length", None, Some("0"))]), &["Tie"]),
            (json!([range("length", Some("72.000001"), None)]), &[]),
            (json!([range("length", None, None)]), &["Hat", "Shirt", "Tie"]),
            (json!([values("washable", &["true"])]), &["Shirt"]),
            (json!([dates(Some("2026-01-01"), None)]), &["Shirt"]),
            (json!([dates(None, Some("2025-12-31"))]), &["Tie"]),
            (json!([values("material", &["wool"]), range("length", None, Some("20"))]), &["Hat"]),
            (json!([values("material", &["silk"]), values("washable", &["true"])]), &[]),
        ];

        for (attributes, expected) in cases {
            assert_eq!(filtered(&shopper, json!({ "attributes": attributes })).await, expected, "{attributes}");
        }
    })
    .await;
}

#[tokio::test]
async fn filters_that_make_no_sense_are_refused_by_name() {
    on_both(async |app| {
        shop(app).await;
        let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
        let eleven: Vec<Value> = (0..11).map(|n| values(&format!("a-{n}"), &["x"])).collect();
        let query = "query($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }";
        for (attributes, word) in [
            (json!([values("colour", &["red"])]), "colour"),
            (json!([values("secret", &["x"])]), "secret"),
            (json!([{ "attribute": "material" }]), "material"),
            (json!([{ "attribute": "length", "values": ["1"], "range": {} }]), "length"),
            (json!([range("material", None, None)]), "NUMBER"),
            (json!([{ "attribute": "length", "dates": {} }]), "DATE"),
            (json!([values("length", &["ten"])]), "length"),
            (json!([range("length", Some("0.0000001"), None)]), "six"),
            (json!([{ "attribute": "care", "values": many }]), "100"),
            (json!([values("care", &["a"]), values("care", &["b"])]), "twice"),
            (json!(eleven), "10"),
        ] {
            let reply = app.anonymous().run(query, json!({ "filter": { "attributes": attributes } })).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{attributes}");
            assert!(reply.message().contains(word), "{}", reply.message());
        }
    })
    .await;
}

/// Two variants of which shoppers see the first.
async fn half_hidden(owner: &Client) -> Vec<String> {
    let choices = json!([{ "name": "Slim" }, { "name": "Wide" }]);
    let fit = json!({ "name": "Fit", "type": "CHOICE", "subject": "VARIANT", "choices": choices });
    fixture::define_attribute(owner, fit).await;
    let variant = |size: &str, fit: &str| {
        json!({
            "price": "1", "optionValues": [{ "option": "Size", "value": size }],
            "attributes": [{ "attribute": "fit", "choices": [fit] }]
        })
    };
    let input = json!({ "options": [{ "name": "Size" }], "variants": [variant("S", "slim"), variant("L", "wide")] });
    let product = fixture::product(owner, input).await;
    let ids = fixture::variants(owner, &product).await;
    fixture::change(owner, "productVariantUnpublish", &ids[1]).await.data();
    ids
}

#[tokio::test]
async fn the_values_of_variants_count_for_those_who_see_the_variant() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = half_hidden(&owner).await;
        let reader = app.staff(&[Permission::ProductRead]).await;
        let shopper = app.anonymous();
        let by = |fit: &str| json!({ "attributes": [values("fit", &[fit])] });

        assert_eq!(filtered(&shopper, by("slim")).await, ["Linen Shirt"]);
        assert!(filtered(&shopper, by("wide")).await.is_empty());
        assert_eq!(filtered(&reader, by("wide")).await, ["Linen Shirt"]);

        fixture::change(&owner, "productVariantPublish", &ids[1]).await.data();
        assert_eq!(filtered(&shopper, by("wide")).await, ["Linen Shirt"]);
        let no_price = json!({ "price": null });
        fixture::update(&owner, "productVariantPriceSet", &ids[1], no_price).await.data();
        assert!(filtered(&shopper, by("wide")).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn attributes_cost_one_statement_however_many_are_filtered_by() {
    on_both(async |app| {
        shop(app).await;
        let query = "query($filter: ProductFilter) { products(filter: $filter) { nodes { name } } }";
        let one = json!({ "filter": { "attributes": [values("material", &["wool"])] } });
        let three = json!({ "filter": { "attributes": [
            values("material", &["wool", "linen"]), range("length", None, Some("100")), values("washable", &["true"])
        ] } });

        let (_, with_one) = counted(&app.anonymous(), query, one).await;
        let (reply, with_three) = counted(&app.anonymous(), query, three).await;

        assert_eq!(reply.at("/products/nodes"), &json!([{ "name": "Shirt" }]));
        assert_eq!([with_one, with_three], [2; 2]);
    })
    .await;
}
