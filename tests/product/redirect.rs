//! Slugs that products had before go on leading to them.

use futures::future::{join, join_all};
use serde_json::{Value, json};
use tradepost::entity::product_slug_redirect;

use crate::support::statements::counted;
use crate::support::{Client, TestApp, fixture, on_both, sql};

const BY_SLUG: &str = "query($slug: String!) { productBySlug(slug: $slug) { id slug } }";

/// The id and the present slug of what a slug leads to; null if it leads nowhere.
async fn find(client: &Client, slug: &str) -> Value {
    client.run(BY_SLUG, json!({ "slug": slug })).await.at("/productBySlug").clone()
}

async fn rename(owner: &Client, id: &str, slug: &str) -> Vec<String> {
    fixture::update(owner, "productUpdate", id, json!({ "slug": slug })).await.user_errors()
}

/// Slugs that lead elsewhere though a product has them.
async fn contested(app: &TestApp) -> i64 {
    let sql = "SELECT COUNT(*) FROM product_slug_redirect WHERE slug IN (SELECT slug FROM product)";
    sql::number(app.app.db(), sql).await
}

#[tokio::test]
async fn an_old_slug_leads_to_the_product_and_tells_the_present_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one" })).await;

        for slug in ["two", "three"] {
            assert_eq!(rename(&owner, &id, slug).await, [""; 0]);
        }

        for slug in ["one", "two", "three"] {
            assert_eq!(find(&app.anonymous(), slug).await, json!({ "id": id, "slug": "three" }), "{slug}");
        }
        assert!(find(&app.anonymous(), "four").await.is_null());
    })
    .await;
}

#[tokio::test]
async fn only_a_slug_that_nobody_has_costs_a_second_statement() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;

        for (slug, expected) in [("two", 1), ("one", 2)] {
            let (_, statements) = counted(&app.anonymous(), BY_SLUG, json!({ "slug": slug })).await;

            assert_eq!(statements, expected, "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_old_slug_shows_nobody_what_is_not_published() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one", "status": "DRAFT" })).await;

        rename(&owner, &id, "two").await;

        assert!(find(&app.anonymous(), "one").await.is_null());
        assert_eq!(find(&owner, "one").await["slug"], "two");
    })
    .await;
}

#[tokio::test]
async fn who_takes_a_slug_by_creation_takes_it_for_good() {
    on_both(async |app| {
        let owner = app.owner().await;
        let old = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &old, "two").await;

        let new = fixture::product(&owner, json!({ "slug": "one", "variants": [{ "price": "1" }] })).await;

        assert_eq!(find(&owner, "one").await["id"], json!(new));
        fixture::change(&owner, "productDelete", &new).await.data();
        assert!(find(&owner, "one").await.is_null(), "it does not fall back to who had it before");
    })
    .await;
}

#[tokio::test]
async fn who_takes_a_slug_by_an_update_takes_it_for_good() {
    on_both(async |app| {
        let owner = app.owner().await;
        let old = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &old, "two").await;
        let other = fixture::product(&owner, json!({ "slug": "other" })).await;

        assert_eq!(rename(&owner, &other, "one").await, [""; 0]);

        assert_eq!(find(&owner, "one").await, json!({ "id": other, "slug": "one" }));
        assert_eq!(find(&owner, "other").await, json!({ "id": other, "slug": "one" }));
        rename(&owner, &other, "last").await;
        assert_eq!(
            find(&owner, "one").await,
            json!({ "id": other, "slug": "last" }),
            "it now leads to who had it last"
        );
    })
    .await;
}

#[tokio::test]
async fn who_goes_back_to_an_old_slug_has_it_as_the_present_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;

        assert_eq!(rename(&owner, &id, "one").await, [""; 0]);

        assert_eq!(find(&owner, "two").await["slug"], "one");
        let slugs = sql::texts(app.app.db(), "SELECT slug FROM product_slug_redirect").await;
        assert_eq!(slugs, ["two"]);
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_is_refused_leads_where_it_led() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;
        let other = fixture::product(&owner, json!({ "slug": "other" })).await;

        let refused = fixture::update(&owner, "productUpdate", &other, json!({ "slug": "one", "name": "" })).await;
        let taken = rename(&owner, &other, "two").await;

        assert_eq!(refused.user_errors(), ["REQUIRED input.name"]);
        assert_eq!(taken, ["TAKEN input.slug"]);
        assert_eq!(find(&owner, "one").await["id"], json!(id));
        assert_eq!(find(&owner, "two").await["id"], json!(id));
        assert_eq!(fixture::count::<product_slug_redirect::Entity>(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_product_frees_all_its_slugs() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one", "variants": [{ "price": "1" }] })).await;
        rename(&owner, &id, "two").await;

        fixture::change(&owner, "productDelete", &id).await.data();

        for slug in ["one", "two"] {
            assert!(find(&owner, slug).await.is_null(), "{slug}");
        }
        assert_eq!(fixture::count::<product_slug_redirect::Entity>(app).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slug_that_is_given_up_and_taken_at_once_leads_to_who_has_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..8 {
            let slug = format!("one-{round}");
            let id = fixture::product(&owner, json!({ "slug": slug })).await;
            let moved = format!("moved-{round}");

            let (renamed, created) =
                join(rename(&owner, &id, &moved), fixture::create_product(&owner, json!({ "slug": slug }))).await;

            assert_eq!(renamed, [""; 0]);
            let is_taken = created.user_errors() == ["TAKEN input.slug"];
            let expected = if is_taken { id } else { created.text("/productCreate/product/id") };
            assert_eq!(find(&owner, &slug).await["id"], json!(expected));
            assert_eq!(contested(app).await, 0);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_take_an_old_slug_at_once_exactly_one_gets_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = fixture::product(&owner, json!({ "slug": "one" })).await;
        rename(&owner, &id, "two").await;
        let others = join_all((0..4).map(|n| fixture::product(&owner, json!({ "slug": format!("other-{n}") })))).await;

        let errors = join_all(others.iter().map(|other| rename(&owner, other, "one"))).await;

        assert_eq!(errors.iter().filter(|errors| errors.is_empty()).count(), 1);
        assert_eq!(errors.iter().filter(|errors| **errors == ["TAKEN input.slug"]).count(), 3);
        assert_eq!(find(&owner, "one").await["slug"], "one");
        assert_eq!(contested(app).await, 0);
    })
    .await;
}
