//! Publishing, taking back and archiving products.

use serde_json::json;

use crate::support::{fixture, on_both};

#[tokio::test]
async fn each_move_changes_the_status_and_is_recorded() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "status": "DRAFT" })).await;
        let moves = [("Publish", "ACTIVE"), ("Unpublish", "DRAFT"), ("Archive", "ARCHIVED"), ("Unpublish", "DRAFT")];

        for (verb, status) in moves {
            let mutation = format!("product{verb}");
            let reply = fixture::change(&owner, &mutation, &id).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(reply.at(&format!("/{mutation}/product/status")), status);
        }

        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 5);
        let history = fixture::history(app, &id).await;
        assert_eq!(history.len(), 5);
        assert_eq!(history[4], "5 product.status_changed");
    })
    .await;
}

#[tokio::test]
async fn shoppers_see_a_product_exactly_while_it_is_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "status": "DRAFT" })).await;

        for (verb, is_visible) in [("Publish", true), ("Unpublish", false), ("Publish", true), ("Archive", false)] {
            fixture::change(&owner, &format!("product{verb}"), &id).await.data();

            let seen = fixture::read(&app.anonymous(), &id, "id").await;
            assert_eq!(!seen.is_null(), is_visible, "after {verb}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_archived_cannot_be_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "status": "ARCHIVED" })).await;

        let reply = fixture::change(&owner, "productPublish", &id).await;

        assert_eq!(reply.user_errors(), ["INVALID id"]);
        assert_eq!(reply.at("/productPublish/product/status"), "ARCHIVED");
        assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn a_move_to_where_it_is_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (status, verb) in [("ACTIVE", "Publish"), ("DRAFT", "Unpublish"), ("ARCHIVED", "Archive")] {
            let id = fixture::product(&owner, json!({ "name": verb, "status": status })).await;

            let reply = fixture::change(&owner, &format!("product{verb}"), &id).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(fixture::read(&owner, &id, "version").await["version"], 1);
            assert_eq!(fixture::history(app, &id).await, ["1 product.created"]);
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_product_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        for verb in ["Publish", "Unpublish", "Archive", "Delete"] {
            let mutation = format!("product{verb}");
            let reply = fixture::change(&owner, &mutation, &fixture::unknown("product")).await;

            assert_eq!(reply.user_errors(), ["NOT_FOUND id"], "{verb}");
            assert!(reply.at(&format!("/{mutation}/product")).is_null());
        }
    })
    .await;
}
