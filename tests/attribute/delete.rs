//! Deleting attributes.

use serde_json::{Value, json};

use super::find;
use crate::support::{Client, fixture, on_both, sql};

async fn delete(owner: &Client, id: &str) -> (Vec<String>, Value) {
    let operation = "mutation($id: ID!) { attributeDelete(id: $id) {
        attribute { id } userErrors { code message field } } }";
    let reply = owner.run(operation, json!({ "id": id })).await;
    (reply.user_errors(), reply.at("/attributeDelete/attribute").clone())
}

#[tokio::test]
async fn an_attribute_that_nothing_has_goes_with_its_choices_and_frees_its_code() {
    on_both(async |app| {
        let owner = app.owner().await;
        let input = json!({ "type": "CHOICE", "choices": [{ "name": "Wool" }] });
        let id = fixture::define_attribute(&owner, input.clone()).await;

        assert_eq!(delete(&owner, &id).await, (vec![], Value::Null));

        assert!(find(&owner, "material").await.is_null());
        assert_eq!(delete(&owner, &id).await.0, ["NOT_FOUND id"]);
        assert_eq!(fixture::history(app, &id).await, ["1 attribute.created", "2 attribute.deleted"]);
        fixture::define_attribute(&owner, input).await;
    })
    .await;
}

#[tokio::test]
async fn an_attribute_that_something_has_or_rules_name_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let worn = fixture::define_attribute(&owner, json!({})).await;
        let ruled = fixture::define_attribute(&owner, json!({ "name": "Fit" })).await;
        let values = json!([{ "attribute": "material", "texts": ["Wool"] }]);
        let product = fixture::product(&owner, json!({ "attributes": values })).await;
        fixture::collection(&owner, json!({})).await;
        let rules = r#"UPDATE collection SET rules = '[{"not": {"attribute": "fit"}}]'"#;
        sql::execute(app.app.db(), rules).await.unwrap();

        for id in [&worn, &ruled] {
            assert_eq!(delete(&owner, id).await, (vec!["IN_USE id".to_owned()], json!({ "id": id })));
        }
        let operation = "mutation($id: ID!) { productDelete(id: $id) { userErrors { code message } } }";
        sql::execute(app.app.db(), "DELETE FROM stock_movement").await.unwrap();
        owner.run(operation, json!({ "id": product })).await.data();
        assert!(delete(&owner, &worn).await.0.is_empty(), "the values went with the product");
    })
    .await;
}

/// Whoever is first, nothing is left with a value of an attribute that is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn giving_a_value_and_deleting_the_attribute_at_once_leave_one_of_the_two() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;

        for _ in 0..8 {
            let id = fixture::define_attribute(&owner, json!({})).await;
            let values = json!([{ "attribute": "material", "texts": ["Wool"] }]);
            let (deleted, set) = tokio::join!(
                delete(&owner, &id),
                fixture::set_attributes(&owner, "productAttributesSet", &product, values)
            );

            match (deleted.0.is_empty(), set.user_errors().as_slice()) {
                (true, [error]) => assert_eq!(error, "NOT_FOUND input.0.attribute"),
                (false, []) => {
                    let nothing = json!([{ "attribute": "material" }]);
                    fixture::set_attributes(&owner, "productAttributesSet", &product, nothing).await.data();
                    assert!(delete(&owner, &id).await.0.is_empty());
                }
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}

/// Whoever is first, no rules name an attribute that is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn naming_an_attribute_in_rules_and_deleting_it_at_once_leave_one_of_the_two() {
    on_both(async |app| {
        let owner = app.owner().await;

        for n in 0..8 {
            let id = fixture::define_attribute(&owner, json!({})).await;
            let condition = json!({ "attributeValue": { "attribute": "material", "anyOf": ["wool"] } });
            let rules = json!({ "conditions": [condition] });
            let input = json!({ "input": { "name": format!("Woollen {n}"), "rules": rules } });
            let mutation = "mutation($input: CollectionCreateInput!) {
                collectionCreate(input: $input) { collection { id } userErrors { code message field } } }";
            let (deleted, made) = tokio::join!(delete(&owner, &id), owner.run(mutation, input));

            match (deleted.0.is_empty(), made.user_errors().as_slice()) {
                (true, [error]) => assert!(error.starts_with("NOT_FOUND input.rules"), "{error}"),
                (false, []) => {
                    let collection = made.text("/collectionCreate/collection/id");
                    fixture::change(&owner, "collectionDelete", &collection).await.data();
                    assert!(delete(&owner, &id).await.0.is_empty());
                }
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}
