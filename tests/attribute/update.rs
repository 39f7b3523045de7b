//! Changing attributes and their choices.

use serde_json::{Value, json};

use super::find;
use crate::support::{Client, fixture, on_both, sql};

async fn update(owner: &Client, id: &str, input: Value) -> Vec<String> {
    fixture::update(owner, "attributeUpdate", id, input).await.user_errors()
}

/// An attribute of choices, and a product that has the first of them.
async fn worn(owner: &Client) -> (String, String) {
    let choices = json!([{ "name": "Wool" }, { "name": "Linen" }]);
    let id = fixture::define_attribute(owner, json!({ "type": "CHOICE", "choices": choices })).await;
    let values = json!([{ "attribute": "material", "choices": ["wool"] }]);
    (id, fixture::product(owner, json!({ "attributes": values })).await)
}

#[tokio::test]
async fn what_is_not_said_stays_and_null_clears() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({ "name": "Length", "type": "NUMBER", "unit": "cm", "externalId": "e" });
        let id = fixture::define_attribute(&owner, input).await;

        assert!(update(&owner, &id, json!({ "name": "Size", "isFilterable": false })).await.is_empty());
        let changed = find(&owner, "length").await;
        assert!(update(&owner, &id, json!({ "unit": null, "externalId": null, "code": "size" })).await.is_empty());
        let cleared = find(&owner, "size").await;

        assert_eq!((&changed["name"], &changed["unit"]), (&json!("Size"), &json!("cm")));
        assert_eq!((&changed["isFilterable"], &changed["version"]), (&json!(false), &json!(2)));
        assert_eq!((&cleared["unit"], &cleared["version"]), (&Value::Null, &json!(3)));
        assert!(fixture::read(&owner, &id, "externalId").await["externalId"].is_null());
        let history = ["1 attribute.created", "2 attribute.updated", "3 attribute.updated"];
        assert_eq!(fixture::history(app, &id).await, history);
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, _) = worn(&owner).await;
        let before = find(&owner, "material").await;
        let choices = json!([{ "name": "Wool" }, { "name": "Linen" }]);

        for input in [json!({}), json!({ "name": "Material", "choices": choices, "code": "material" })] {
            assert!(update(&owner, &id, input).await.is_empty());
        }

        assert_eq!(find(&owner, "material").await, before);
        assert_eq!(fixture::history(app, &id).await, ["1 attribute.created"]);
    })
    .await;
}

#[tokio::test]
async fn wrong_changes_are_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::define_attribute(&owner, json!({ "name": "Fabric", "externalId": "e" })).await;
        let id = fixture::define_attribute(&owner, json!({})).await;
        let cases = [
            (
                json!({ "name": null, "code": null, "isFilterable": null }),
                &["REQUIRED input.name", "REQUIRED input.code", "REQUIRED input.isFilterable"][..],
            ),
            (json!({ "code": "fabric" }), &["TAKEN input.code"]),
            (json!({ "externalId": "e" }), &["TAKEN input.externalId"]),
            (json!({ "unit": "cm" }), &["INVALID input.unit"]),
            (json!({ "choices": [{ "name": "Wool" }] }), &["INVALID input.choices"]),
            (json!({ "expectedVersion": 2, "name": "X" }), &["CONFLICT input.expectedVersion"]),
        ];

        for (input, expected) in cases {
            assert_eq!(update(&owner, &id, input.clone()).await, expected, "{input}");
        }
        let unknown = fixture::unknown("attribute");
        assert_eq!(update(&owner, &unknown, json!({})).await, ["NOT_FOUND id"]);
        assert_eq!(find(&owner, "material").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn choices_keep_their_ids_by_slug_and_stand_in_their_new_order() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, product) = worn(&owner).await;
        let before = find(&owner, "material").await["choices"].clone();
        let choices =
            json!([{ "name": "Silk" }, { "name": "Flax", "slug": "linen" }, { "name": "Merino", "slug": "wool" }]);

        assert!(update(&owner, &id, json!({ "choices": choices })).await.is_empty());

        let after = find(&owner, "material").await["choices"].clone();
        assert_eq!((&after[0]["slug"], &after[0]["name"]), (&json!("silk"), &json!("Silk")));
        assert_eq!((&after[1]["id"], &after[1]["name"]), (&before[1]["id"], &json!("Flax")));
        assert_eq!((&after[2]["id"], &after[2]["name"]), (&before[0]["id"], &json!("Merino")));
        let values = fixture::read(&app.anonymous(), &product, "attributes { values { value label } }").await;
        assert_eq!(values["attributes"][0]["values"], json!([{ "value": "wool", "label": "Merino" }]));
    })
    .await;
}

#[tokio::test]
async fn a_choice_that_something_has_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, product) = worn(&owner).await;

        let refused = update(&owner, &id, json!({ "choices": [{ "name": "Linen" }] })).await;
        assert!(update(&owner, &id, json!({ "choices": [{ "name": "Wool" }] })).await.is_empty());
        let nothing = json!([{ "attribute": "material", "choices": [] }]);
        fixture::set_attributes(&owner, "productAttributesSet", &product, nothing).await.data();
        let cleared = update(&owner, &id, json!({ "choices": null })).await;

        assert_eq!(refused, ["IN_USE input.choices"]);
        assert!(cleared.is_empty());
        assert_eq!(find(&owner, "material").await["choices"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_code_stays_once_something_is_known_by_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (worn, _) = worn(&owner).await;
        let ruled = fixture::define_attribute(&owner, json!({ "name": "Fit" })).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let rules = r#"UPDATE collection SET rules = '{"conditions": [{"attribute": "fit", "values": ["slim"]}]}'"#;
        sql::execute(app.app.db(), rules).await.unwrap();

        for id in [&worn, &ruled] {
            assert_eq!(update(&owner, id, json!({ "code": "other" })).await, ["IN_USE input.code"]);
        }
        assert!(collection.starts_with("collection_"));
    })
    .await;
}
