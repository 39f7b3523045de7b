//! Publishing, taking back, archiving and deleting collections.

use serde_json::json;
use tradepost::entity::{collection_product, product};

use crate::support::{fixture, on_both};

#[tokio::test]
async fn each_move_changes_the_status_and_is_recorded() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "status": "DRAFT" })).await;
        let moves = [("Publish", "ACTIVE"), ("Unpublish", "DRAFT"), ("Archive", "ARCHIVED"), ("Unpublish", "DRAFT")];

        for (verb, status) in moves {
            let mutation = format!("collection{verb}");
            let reply = fixture::change(&owner, &mutation, &id).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(reply.at(&format!("/{mutation}/collection/status")), status);
            let seen = fixture::read(&app.anonymous(), &id, "id").await;
            assert_eq!(!seen.is_null(), status == "ACTIVE", "after {verb}");
        }

        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 5);
        assert_eq!(fixture::history(app, &id).await[4], "5 collection.status_changed");
    })
    .await;
}

#[tokio::test]
async fn what_is_archived_cannot_be_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "status": "ARCHIVED" })).await;

        let reply = fixture::change(&owner, "collectionPublish", &id).await;

        assert_eq!(reply.user_errors(), ["INVALID id"]);
        assert_eq!(reply.at("/collectionPublish/collection/status"), "ARCHIVED");
    })
    .await;
}

#[tokio::test]
async fn a_move_to_where_it_is_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({})).await;

        fixture::change(&owner, "collectionPublish", &id).await.data();

        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_collection_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        for verb in ["Publish", "Unpublish", "Archive", "Delete"] {
            let mutation = format!("collection{verb}");
            let reply = fixture::change(&owner, &mutation, &fixture::unknown("collection")).await;

            assert_eq!(reply.user_errors(), ["NOT_FOUND id"], "{verb}");
        }
    })
    .await;
}

#[tokio::test]
async fn delete_removes_the_collection_and_leaves_its_products() {
    on_both(async |app| {
        let owner = app.owner().await;
        let member = fixture::product(&owner, json!({})).await;
        let id = fixture::collection(&owner, json!({ "products": [member] })).await;

        let reply = fixture::change(&owner, "collectionDelete", &id).await;

        assert!(reply.user_errors().is_empty());
        assert!(reply.at("/collectionDelete/collection").is_null());
        assert!(fixture::read(&owner, &id, "id").await.is_null());
        assert_eq!(fixture::count::<collection_product::Entity>(app).await, 0);
        assert_eq!(fixture::count::<product::Entity>(app).await, 1);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created", "2 collection.deleted"]);
    })
    .await;
}

#[tokio::test]
async fn a_collection_that_others_are_part_of_is_in_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({})).await;
        let child = fixture::collection(&owner, json!({ "name": "Linen", "parent": id })).await;

        let reply = fixture::change(&owner, "collectionDelete", &id).await;

        assert_eq!(reply.user_errors(), ["IN_USE id"]);
        assert_eq!(reply.at("/collectionDelete/collection/id"), &json!(id));
        fixture::change(&owner, "collectionDelete", &child).await.data();
        assert!(fixture::change(&owner, "collectionDelete", &id).await.user_errors().is_empty());
    })
    .await;
}
