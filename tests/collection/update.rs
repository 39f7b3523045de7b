//! Changing collections.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

const FIELDS: &str = "name slug status description parent { id } image { url altText } seo { title description }
    externalId metadata { key value } privateMetadata { key value } version products { nodes { id } }";

async fn full(owner: &Client) -> String {
    let product = fixture::product(owner, json!({})).await;
    let parent = fixture::collection(owner, json!({ "name": "Clothes" })).await;
    let input = json!({
        "parent": parent, "products": [product], "description": "<p>All</p>",
        "image": { "url": "/shirts.svg", "altText": "Shirts" }, "seo": { "title": "T", "description": "D" },
        "externalId": "e", "metadata": [{ "key": "k", "value": "1" }], "privateMetadata": [{ "key": "p", "value": "2" }]
    });
    fixture::collection(owner, input).await
}

async fn updated(owner: &Client, id: &str, input: Value) -> Value {
    let reply = fixture::update(owner, "collectionUpdate", id, input).await;
    assert!(reply.user_errors().is_empty(), "{}", reply.json);
    fixture::read(owner, id, FIELDS).await
}

#[tokio::test]
async fn what_is_absent_stays() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let mut expected = fixture::read(&owner, &id, FIELDS).await;

        let after = updated(&owner, &id, json!({ "name": "Tops" })).await;

        expected["name"] = json!("Tops");
        expected["version"] = json!(2);
        assert_eq!(after, expected);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created", "2 collection.updated"]);
    })
    .await;
}

#[tokio::test]
async fn null_and_empty_lists_clear() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let input = json!({
            "parent": null, "image": null, "seo": null, "externalId": null, "description": "", "metadata": [],
            "privateMetadata": []
        });

        let after = updated(&owner, &id, input).await;

        for field in ["parent", "image", "externalId"] {
            assert!(after[field].is_null(), "{field}");
        }
        assert_eq!(after["seo"], json!({ "title": null, "description": null }));
        assert_eq!((&after["metadata"], &after["privateMetadata"]), (&json!([]), &json!([])));
        assert_eq!(after["products"]["nodes"].as_array().unwrap().len(), 1, "members have mutations of their own");
    })
    .await;
}

#[tokio::test]
async fn an_update_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        let before = fixture::read(&owner, &id, "version updatedAt").await;

        for input in [json!({}), json!({ "name": " Shirts", "slug": "shirts", "externalId": "e" })] {
            updated(&owner, &id, input).await;
        }

        assert_eq!(fixture::read(&owner, &id, "version updatedAt").await, before);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = full(&owner).await;
        fixture::collection(&owner, json!({ "name": "Other", "externalId": "f" })).await;
        let cases = [
            (json!({ "expectedVersion": 2, "name": "" }), "CONFLICT input.expectedVersion"),
            (json!({ "name": "" }), "REQUIRED input.name"),
            (json!({ "slug": "a b" }), "INVALID input.slug"),
            (json!({ "slug": "other" }), "TAKEN input.slug"),
            (json!({ "externalId": "f" }), "TAKEN input.externalId"),
            (json!({ "parent": fixture::unknown("collection") }), "NOT_FOUND input.parent"),
            (json!({ "image": { "url": "nowhere" } }), "INVALID input.image.url"),
            (json!({ "seo": { "description": "x".repeat(501) } }), "TOO_LONG input.seo.description"),
        ];
        let before = fixture::read(&owner, &id, FIELDS).await;

        for (input, expected) in cases {
            let reply = fixture::update(&owner, "collectionUpdate", &id, input).await;

            assert_eq!(reply.user_errors(), [expected]);
            assert_eq!(reply.at("/collectionUpdate/collection/id"), &json!(id));
        }
        assert_eq!(fixture::read(&owner, &id, FIELDS).await, before);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_collection_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;

        let reply = fixture::update(&owner, "collectionUpdate", &fixture::unknown("collection"), json!({})).await;

        assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn of_updates_that_expect_the_same_version_exactly_one_wins() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({})).await;
        let updates = (0..6).map(|n| {
            let input = json!({ "expectedVersion": 1, "name": format!("Name {n}") });
            fixture::update(&owner, "collectionUpdate", &id, input)
        });

        let replies = join_all(updates).await;

        let lost = replies.iter().filter(|reply| reply.user_errors() == ["CONFLICT input.expectedVersion"]).count();
        assert_eq!(lost, 5);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 2);
    })
    .await;
}
