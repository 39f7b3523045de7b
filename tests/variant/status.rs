//! Publishing, taking back and archiving variants.

use serde_json::json;

use super::shirt;
use crate::support::{fixture, on_both};

#[tokio::test]
async fn each_move_is_recorded_as_a_change_of_the_product() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S", "M"]).await;
        let id = fixture::variants(&owner, &product).await.remove(0);
        let moves = [("Unpublish", "DRAFT"), ("Publish", "ACTIVE"), ("Archive", "ARCHIVED"), ("Unpublish", "DRAFT")];

        for (verb, status) in moves {
            let mutation = format!("productVariant{verb}");
            let reply = fixture::change(&owner, &mutation, &id).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(reply.at(&format!("/{mutation}/variant/status")), status);
        }

        assert_eq!(fixture::read(&owner, &product, "version").await["version"], 5);
        assert_eq!(fixture::history(app, &product).await[4], "5 variant.status_changed");
    })
    .await;
}

#[tokio::test]
async fn shoppers_see_a_variant_exactly_while_it_is_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shopper = app.anonymous();
        let product = shirt(&owner, &["S", "M"]).await;
        let id = fixture::variants(&owner, &product).await.remove(0);

        for (verb, is_visible) in [("Unpublish", false), ("Publish", true), ("Archive", false)] {
            fixture::change(&owner, &format!("productVariant{verb}"), &id).await.data();

            assert_eq!(fixture::variants(&shopper, &product).await.contains(&id), is_visible, "after {verb}");
            assert_eq!(!fixture::read(&shopper, &id, "id").await.is_null(), is_visible, "after {verb}");
            assert_eq!(fixture::variants(&owner, &product).await.len(), 2, "staff see it all the time");
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_whose_last_variant_goes_is_not_for_sale() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        fixture::change(&owner, "productVariantUnpublish", &id).await.data();

        assert!(fixture::read(&app.anonymous(), &product, "id").await.is_null());
        let list = app.anonymous().query("{ products { totalCount nodes { id } } }").await;
        assert_eq!(list.at("/products"), &json!({ "totalCount": 0, "nodes": [] }));
    })
    .await;
}

#[tokio::test]
async fn what_is_archived_cannot_be_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;
        fixture::change(&owner, "productVariantArchive", &id).await.data();

        let reply = fixture::change(&owner, "productVariantPublish", &id).await;

        assert_eq!(reply.user_errors(), ["INVALID id"]);
        assert_eq!(reply.at("/productVariantPublish/variant/status"), "ARCHIVED");
    })
    .await;
}

#[tokio::test]
async fn a_move_to_where_it_is_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = shirt(&owner, &["S"]).await;
        let id = fixture::variant(&owner, &product).await;

        let reply = fixture::change(&owner, "productVariantPublish", &id).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(fixture::history(app, &product).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_variant_is_not_found() {
    on_both(async |app| {
        let owner = app.owner().await;
        for verb in ["Publish", "Unpublish", "Archive", "Delete"] {
            let mutation = format!("productVariant{verb}");
            let reply = fixture::change(&owner, &mutation, &fixture::unknown("variant")).await;

            assert_eq!(reply.user_errors(), ["NOT_FOUND id"], "{verb}");
        }
    })
    .await;
}
