//! Values that are refused, and that nothing is done then.

use serde_json::{Value, json};
use tradepost::entity::{attribute_value, product};

use super::{of_each_type, values};
use crate::support::{fixture, on_both};

fn with(code: &str, field: &str, value: Value) -> Value {
    json!({ "attribute": code, field: value })
}

#[tokio::test]
async fn a_value_of_the_wrong_form_is_refused_at_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        fixture::define_attribute(&owner, json!({ "name": "Fit", "subject": "VARIANT" })).await;
        let id = fixture::product(&owner, json!({})).await;
        let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
        let cases = [
            (with("nothing", "texts", json!(["a"])), "NOT_FOUND attribute"),
            (with("fit", "texts", json!(["a"])), "INVALID attribute"),
            (with("text", "numbers", json!(["1"])), "INVALID numbers"),
            (with("number", "texts", json!(["1"])), "INVALID texts"),
            (with("boolean", "choices", json!(["true"])), "INVALID choices"),
            (with("date", "references", json!([id])), "INVALID references"),
            (with("reference", "dates", json!(["2026-03-01"])), "INVALID dates"),
            (with("color", "boolean", json!(true)), "INVALID boolean"),
            (with("text", "texts", json!(["a", " "])), "REQUIRED texts.1"),
            (with("text", "texts", json!(["a".repeat(501)])), "TOO_LONG texts.0"),
            (with("text", "texts", json!(["a\nb"])), "INVALID texts.0"),
            (with("text", "texts", json!(many)), "TOO_LONG texts"),
            (with("number", "numbers", json!(["1", "0.0000001"])), "INVALID numbers.1"),
            (with("number", "numbers", json!(["99999999999999999999"])), "INVALID numbers.0"),
            (with("choice", "choices", json!(["silk"])), "NOT_FOUND choices.0"),
            (with("color", "choices", json!(["wool"])), "NOT_FOUND choices.0"),
            (with("reference", "references", json!([fixture::unknown("product")])), "NOT_FOUND references.0"),
            (with("reference", "references", json!([fixture::unknown("variant")])), "NOT_FOUND references.0"),
            (with("reference", "references", json!(["nonsense"])), "NOT_FOUND references.0"),
        ];

        for (value, expected) in cases {
            let given = json!([{ "attribute": "boolean", "boolean": true }, value]);
            let set = fixture::set_attributes(&owner, "productAttributesSet", &id, given.clone()).await;
            let created = fixture::create_product(&owner, json!({ "name": "New", "attributes": given })).await;

            let (code, place) = expected.split_once(' ').unwrap();
            let expected_twice = value["attribute"] == "boolean";
            let mut errors = set.user_errors();
            errors.retain(|error| !(expected_twice && error.starts_with("TAKEN")));
            assert_eq!(errors, [format!("{code} input.1.{place}")], "{value}");
            let mut errors = created.user_errors();
            errors.retain(|error| !(expected_twice && error.starts_with("TAKEN")));
            assert_eq!(errors, [format!("{code} input.attributes.1.{place}")], "{value}");
        }
        assert_eq!(fixture::count::<attribute_value::Entity>(app).await, 0);
        assert_eq!(fixture::count::<product::Entity>(app).await, 1);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn an_attribute_is_named_once_and_all_mistakes_are_told_together() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let id = fixture::product(&owner, json!({})).await;
        let input = json!([
            { "attribute": "text", "texts": ["a"] },
            { "attribute": "text", "texts": [""] },
            { "attribute": "nothing" }
        ]);

        let refused = fixture::set_attributes(&owner, "productAttributesSet", &id, input).await;

        let expected = ["TAKEN input.1.attribute", "REQUIRED input.1.texts.0", "NOT_FOUND input.2.attribute"];
        assert_eq!(refused.user_errors(), expected);
    })
    .await;
}

#[tokio::test]
async fn variants_say_where_they_are_wrong_and_have_no_values_of_products() {
    on_both(async |app| {
        let owner = app.owner().await;
        of_each_type(&owner, "PRODUCT").await;
        let product = fixture::product(&owner, json!({})).await;
        let variant = fixture::variant(&owner, &product).await;
        let wrong = json!([{ "attribute": "text", "texts": ["a"] }]);

        let set = fixture::set_attributes(&owner, "productVariantAttributesSet", &variant, wrong.clone()).await;
        let variants = json!([{ "price": "1", "attributes": wrong }]);
        let with_product = fixture::create_product(&owner, json!({ "name": "New", "variants": variants })).await;
        let added = fixture::create_variant(&owner, &product, json!({ "attributes": wrong })).await;

        assert_eq!(set.user_errors(), ["INVALID input.0.attribute"]);
        assert_eq!(with_product.user_errors(), ["INVALID input.variants.0.attributes.0.attribute"]);
        assert!(added.user_errors().contains(&"INVALID input.attributes.0.attribute".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn texts_that_could_not_be_told_apart_are_refused_and_doubles_are_taken_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::define_attribute(&owner, json!({ "name": "Care" })).await;
        let product = fixture::product(&owner, json!({})).await;
        let long = |end: &str| format!("{}{end}", "Wash by hand. ".repeat(15));
        let set = async |texts: Value| {
            let input = json!([{ "attribute": "care", "texts": texts }]);
            fixture::set_attributes(&owner, "productAttributesSet", &product, input).await
        };

        let refused = set(json!(["Dry", long("Cold."), long("Warm.")])).await;
        let doubled = set(json!(["Dry", "DRY", long("Cold."), long("cold.")])).await;

        assert_eq!(refused.user_errors(), ["TAKEN input.0.texts.2"]);
        assert!(doubled.user_errors().is_empty());
        assert_eq!(values(&owner, &product).await[0].split(',').count(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_object_has_values_of_at_most_fifty_attributes() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut names = Vec::new();
        for n in 0..51 {
            fixture::define_attribute(&owner, json!({ "name": format!("A {n:02}") })).await;
            names.push(json!({ "attribute": format!("a-{n:02}"), "texts": ["x"] }));
        }
        let id = fixture::product(&owner, json!({ "attributes": names[..50] })).await;

        let at_once = fixture::create_product(&owner, json!({ "name": "New", "attributes": names })).await;
        let one_more = fixture::set_attributes(&owner, "productAttributesSet", &id, json!(names[50..])).await;
        let another = json!([{ "attribute": "a-00" }, names[50]]);
        let another = fixture::set_attributes(&owner, "productAttributesSet", &id, another).await;

        assert_eq!(at_once.user_errors(), ["TOO_LONG input.attributes"]);
        assert_eq!(one_more.user_errors(), ["TOO_LONG input"]);
        assert!(another.user_errors().is_empty());
        assert_eq!(values(&owner, &id).await.len(), 50);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (mutation, kind) in [("productAttributesSet", "product"), ("productVariantAttributesSet", "variant")] {
            let reply = fixture::set_attributes(&owner, mutation, &fixture::unknown(kind), json!([])).await;

            assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        }
    })
    .await;
}
