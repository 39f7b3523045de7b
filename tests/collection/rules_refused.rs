//! What is wrong with rules, and what cannot be done to members that they find.

use std::slice::from_ref;

use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tradepost::db::all_set;
use tradepost::entity::attribute_type::AttributeType;
use tradepost::entity::collection;
use tradepost::id::CollectionId;

use super::rules::{found_by, names, three};
use crate::support::{Client, Reply, fixture, on_both};

async fn create(owner: &Client, input: Value) -> Reply {
    owner.run(fixture::COLLECTION_CREATE, json!({ "input": input })).await
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        fixture::attribute(app, "material", AttributeType::Text).await;
        fixture::attribute(app, "length", AttributeType::Number).await;
        let at = |condition: Value| json!({ "conditions": [{ "isAvailable": true }, condition] });
        let number =
            |change: Value| at(json!({ "attributeNumber": fixture::with(json!({ "attribute": "length" }), change) }));
        let value = |change: Value| {
            let base = json!({ "attribute": "material", "anyOf": ["x"] });
            at(json!({ "attributeValue": fixture::with(base, change) }))
        };
        let cases = [
            (json!({ "conditions": [] }), "REQUIRED conditions"),
            (json!({ "conditions": vec![json!({ "isAvailable": true }); 21] }), "TOO_LONG conditions"),
            (at(json!({ "type": [] })), "REQUIRED conditions.1.type"),
            (at(json!({ "vendor": vec!["x"; 51] })), "TOO_LONG conditions.1.vendor"),
            (at(json!({ "tag": ["a", " "] })), "REQUIRED conditions.1.tag.1"),
            (at(json!({ "nameBeginsWith": "\u{301}" })), "REQUIRED conditions.1.nameBeginsWith"),
            (at(json!({ "nameContains": "x".repeat(201) })), "TOO_LONG conditions.1.nameContains"),
            (at(json!({ "price": {} })), "REQUIRED conditions.1.price"),
            (at(json!({ "price": { "from": "1.001" } })), "INVALID conditions.1.price.from"),
            (at(json!({ "price": { "to": "-1" } })), "INVALID conditions.1.price.to"),
            (at(json!({ "price": { "from": "2", "to": "1" } })), "INVALID conditions.1.price"),
            (value(json!({ "attribute": "colour" })), "NOT_FOUND conditions.1.attributeValue.attribute"),
            (value(json!({ "anyOf": [] })), "REQUIRED conditions.1.attributeValue.anyOf"),
            (number(json!({ "attribute": "colour", "from": "1" })), "NOT_FOUND conditions.1.attributeNumber.attribute"),
            (number(json!({ "attribute": "material", "from": "1" })), "INVALID conditions.1.attributeNumber.attribute"),
            (number(json!({})), "REQUIRED conditions.1.attributeNumber"),
            (number(json!({ "from": "0.0000001" })), "INVALID conditions.1.attributeNumber.from"),
            (number(json!({ "from": "2", "to": "1" })), "INVALID conditions.1.attributeNumber"),
            (at(json!({ "createdAt": {} })), "REQUIRED conditions.1.createdAt"),
        ];
        let picked = fixture::collection(&owner, json!({ "name": "Picked", "products": [product] })).await;

        for (rules, expected) in cases {
            let expected = expected.replace(' ', " input.rules.");
            let created = create(&owner, json!({ "name": "A", "rules": rules })).await;
            assert_eq!(created.user_errors(), [expected.as_str()], "{rules}");
            let updated = fixture::update(&owner, "collectionUpdate", &picked, json!({ "rules": rules })).await;
            assert_eq!(updated.user_errors(), [expected], "{rules}");
        }
        assert_eq!(names(&owner, &picked).await.len(), 1);
        assert_eq!(fixture::history(app, &picked).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_condition_is_exactly_one_field() {
    on_both(async |app| {
        let owner = app.owner().await;
        for condition in [json!({}), json!({ "type": ["a"], "tag": ["a"] }), json!({ "type": null })] {
            let reply = create(&owner, json!({ "name": "A", "rules": { "conditions": [condition] } })).await;

            assert_eq!(reply.code(), Some("BAD_USER_INPUT"), "{}", reply.json);
        }
        let mutation = |variables: Value| {
            let query = "mutation($name: String) { collectionCreate(input: {
                name: \"A\", rules: { conditions: [{ nameContains: $name }] } }) { userErrors { code message field } } }";
            let owner = owner.clone();
            async move { owner.run(query, variables).await }
        };
        assert_eq!(mutation(json!({ "name": null })).await.code(), Some("BAD_USER_INPUT"));
        assert_eq!(mutation(json!({})).await.code(), Some("BAD_USER_INPUT"));
        assert!(mutation(json!({ "name": "x" })).await.user_errors().is_empty());
    })
    .await;
}

#[tokio::test]
async fn members_that_rules_find_are_not_picked() {
    on_both(async |app| {
        let owner = app.owner().await;
        let [cap, scarf, _] = three(&owner).await;
        let id = found_by(&owner, "Hats", "ALL", json!([{ "type": ["Hat"] }])).await;

        let added = fixture::members(&owner, "collectionProductsAdd", &id, &[scarf]).await;
        let removed = fixture::members(&owner, "collectionProductsRemove", &id, from_ref(&cap)).await;
        let rules = json!({ "conditions": [{ "type": ["Hat"] }] });
        let both = create(&owner, json!({ "name": "Both", "products": [cap], "rules": rules })).await;

        assert_eq!(added.user_errors(), ["INVALID id"]);
        assert_eq!(removed.user_errors(), ["INVALID id"]);
        assert_eq!(both.user_errors(), ["INVALID input.products"]);
        assert_eq!(names(&owner, &id).await, ["Linen Cap"]);
    })
    .await;
}

#[tokio::test]
async fn at_most_250_collections_have_rules() {
    on_both(async |app| {
        let owner = app.owner().await;
        let picked = fixture::collection(&owner, json!({ "name": "Picked" })).await;
        let rules = json!({ "conditions": [{ "isAvailable": true }] });
        let tx = app.app.db().begin().await.unwrap();
        let id: CollectionId = picked.parse().unwrap();
        let pattern = collection::Entity::find_by_id(id).one(&tx).await.unwrap().unwrap();
        let rows = (0..250).map(|n| {
            let row = collection::Model {
                id: CollectionId::generate(),
                slug: format!("found-{n}"),
                rules: Some(json!({ "match": "ALL", "conditions": [{ "on": "AVAILABILITY", "isAvailable": true }] })),
                ..pattern.clone()
            };
            all_set::<collection::Entity, _>(row)
        });
        collection::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();

        let created = create(&owner, json!({ "name": "One more", "rules": rules })).await;
        let updated = fixture::update(&owner, "collectionUpdate", &picked, json!({ "rules": rules })).await;
        let product = fixture::product(&owner, json!({})).await;
        let added = fixture::members(&owner, "collectionProductsAdd", &picked, from_ref(&product)).await;

        assert_eq!(created.user_errors(), ["TOO_LONG input.rules"]);
        assert_eq!(created.at("/collectionCreate/userErrors/0/limit"), 250);
        assert_eq!(updated.user_errors(), ["TOO_LONG input.rules"]);
        assert!(added.user_errors().is_empty(), "what rules find does not count");
        let read = fixture::read(&owner, &product, "collections { id }").await;
        assert_eq!(read["collections"].as_array().unwrap().len(), 251);
    })
    .await;
}
