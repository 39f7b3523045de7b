//! Slugs that collections had before go on leading to them.

use futures::future::join;
use serde_json::{Value, json};
use tradepost::entity::collection_slug_redirect;

use crate::support::{Client, fixture, on_both};

/// The id and the present slug of what a slug leads to; null if it leads nowhere.
async fn find(client: &Client, slug: &str) -> Value {
    let query = "query($slug: String!) { collectionBySlug(slug: $slug) { id slug } }";
    client.run(query, json!({ "slug": slug })).await.at("/collectionBySlug").clone()
}

async fn rename(owner: &Client, id: &str, slug: &str) -> Vec<String> {
    fixture::update(owner, "collectionUpdate", id, json!({ "slug": slug })).await.user_errors()
}

#[tokio::test]
async fn an_old_slug_leads_to_the_collection_and_tells_the_present_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "slug": "one" })).await;

        for slug in ["two", "three"] {
            assert_eq!(rename(&owner, &id, slug).await, [""; 0]);
        }

        for slug in ["one", "two", "three"] {
            assert_eq!(find(&app.anonymous(), slug).await, json!({ "id": id, "slug": "three" }), "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_old_slug_shows_nobody_what_is_not_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "slug": "one", "status": "DRAFT" })).await;

        rename(&owner, &id, "two").await;

        assert!(find(&app.anonymous(), "one").await.is_null());
        assert_eq!(find(&owner, "one").await["slug"], "two");
    })
    .await;
}

#[tokio::test]
async fn who_takes_a_slug_takes_it_for_good() {
    on_both(async |app| {
        let owner = app.owner().await;
        let old = fixture::collection(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &old, "two").await;
        rename(&owner, &old, "three").await;

        let created = fixture::collection(&owner, json!({ "slug": "one" })).await;
        let renamed = fixture::collection(&owner, json!({ "slug": "other" })).await;
        assert_eq!(rename(&owner, &renamed, "two").await, [""; 0]);

        assert_eq!(find(&owner, "one").await["id"], json!(created));
        assert_eq!(find(&owner, "two").await["id"], json!(renamed));
        fixture::change(&owner, "collectionDelete", &created).await.data();
        assert!(find(&owner, "one").await.is_null(), "it does not fall back to who had it before");
    })
    .await;
}

#[tokio::test]
async fn who_goes_back_to_an_old_slug_has_it_as_the_present_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;

        assert_eq!(rename(&owner, &id, "one").await, [""; 0]);

        assert_eq!(find(&owner, "two").await["slug"], "one");
        assert_eq!(fixture::count::<collection_slug_redirect::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_collection_frees_all_its_slugs() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::collection(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;

        fixture::change(&owner, "collectionDelete", &id).await.data();

        assert!(find(&owner, "one").await.is_null());
        assert_eq!(fixture::count::<collection_slug_redirect::Entity>(app).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slug_that_is_given_up_and_taken_at_once_leads_to_who_has_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..8 {
            let slug = format!("one-{round}");
            let id = fixture::collection(&owner, json!({ "slug": slug })).await;
            let other = fixture::collection(&owner, json!({ "slug": format!("other-{round}") })).await;
            let moved = format!("moved-{round}");

            let (renamed, taken) = join(rename(&owner, &id, &moved), rename(&owner, &other, &slug)).await;

            assert_eq!(renamed, [""; 0]);
            let expected = if taken.is_empty() { other } else { id };
            assert_eq!(find(&owner, &slug).await["id"], json!(expected), "{taken:?}");
        }
    })
    .await;
}
