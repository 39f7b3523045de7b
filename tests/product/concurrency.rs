//! Several changes of products at once.

use futures::future::join_all;
use serde_json::json;

use crate::support::{Reply, fixture, on_both};

fn succeeded(replies: &[Reply]) -> usize {
    replies.iter().filter(|reply| reply.user_errors().is_empty()).count()
}

#[tokio::test]
async fn of_updates_that_expect_the_same_version_exactly_one_wins() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        let updates = (0..8).map(|n| {
            let input = json!({ "expectedVersion": 1, "name": format!("Name {n}") });
            fixture::update(&owner, "productUpdate", &id, input)
        });

        let replies = join_all(updates).await;

        assert_eq!(succeeded(&replies), 1);
        let lost = replies.iter().filter(|reply| reply.user_errors() == ["CONFLICT input.expectedVersion"]).count();
        assert_eq!(lost, 7);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 2);
        assert_eq!(fixture::history(app, &id).await, ["1 product.created", "2 product.updated"]);
    })
    .await;
}

#[tokio::test]
async fn updates_that_expect_nothing_all_count() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({})).await;
        let updates =
            (0..8).map(|n| fixture::update(&owner, "productUpdate", &id, json!({ "name": format!("Name {n}") })));

        let replies = join_all(updates).await;

        assert_eq!(succeeded(&replies), 8);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 9);
        assert_eq!(fixture::history(app, &id).await.last().unwrap(), "9 product.updated");
    })
    .await;
}

#[tokio::test]
async fn of_creations_with_the_same_slug_exactly_one_wins() {
    on_both(async |app| {
        let owner = app.owner().await;
        let creations = (0..4).map(|_| fixture::create_product(&owner, json!({ "slug": "scarf" })));

        let replies = join_all(creations).await;

        assert_eq!(succeeded(&replies), 1);
        assert_eq!(replies.iter().filter(|reply| reply.user_errors() == ["TAKEN input.slug"]).count(), 3);
    })
    .await;
}

#[tokio::test]
async fn of_creations_with_the_same_sku_exactly_one_wins() {
    on_both(async |app| {
        let owner = app.owner().await;
        let creations = (0..4).map(|n| {
            let input = json!({ "slug": format!("scarf-{n}"), "variants": [{ "sku": "S" }] });
            fixture::create_product(&owner, input)
        });

        let replies = join_all(creations).await;

        assert_eq!(succeeded(&replies), 1);
        let lost = replies.iter().filter(|reply| reply.user_errors() == ["TAKEN input.variants.0.sku"]).count();
        assert_eq!(lost, 3);
    })
    .await;
}

#[tokio::test]
async fn variants_that_are_added_at_once_are_all_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "options": [{ "name": "Size" }], "variants": [] })).await;
        let additions = (0..6).map(|n| {
            let input = json!({ "optionValues": [{ "option": "Size", "value": n.to_string() }], "price": "1" });
            fixture::create_variant(&owner, &id, input)
        });

        let replies = join_all(additions).await;

        assert_eq!(succeeded(&replies), 6);
        assert_eq!(fixture::variants(&owner, &id).await.len(), 6);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 7);
    })
    .await;
}
