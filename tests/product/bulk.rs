//! Many products at once: each on its own, one result for each.

use futures::future::join;
use serde_json::{Value, json};

use crate::support::statements::counted;
use crate::support::{Client, Reply, TestApp, fixture, on_both};

const RESULTS: &str = "results { product { id status tags version } userErrors { code message field limit } }
    userErrors { code message field limit }";

async fn products(owner: &Client, slugs: &[&str], change: Value) -> Vec<String> {
    let mut ids = Vec::new();
    for slug in slugs {
        ids.push(fixture::product(owner, fixture::with(json!({ "slug": slug }), change.clone())).await);
    }
    ids
}

/// Runs `productBulkPublish` or one of its siblings.
async fn bulk(owner: &Client, verb: &str, ids: &[String]) -> Reply {
    let operation = format!("mutation($ids: [ID!]!) {{ bulk: productBulk{verb}(ids: $ids) {{ {RESULTS} }} }}");
    owner.run(&operation, json!({ "ids": ids })).await
}

/// Runs `productBulkTagsAdd` or `productBulkTagsRemove`.
async fn retag(owner: &Client, verb: &str, ids: &[String], tags: &[&str]) -> Reply {
    let operation = format!(
        "mutation($ids: [ID!]!, $tags: [String!]!) {{
            bulk: productBulkTags{verb}(ids: $ids, tags: $tags) {{ {RESULTS} }} }}"
    );
    owner.run(&operation, json!({ "ids": ids, "tags": tags })).await
}

/// What came of each item: a field of the product, or the error and its place.
fn outcomes(reply: &Reply, field: &str) -> Vec<Value> {
    let results = reply.at("/bulk/results").as_array().unwrap().iter();
    let outcome = |result: &Value| match result["userErrors"].as_array().unwrap().first() {
        None => result["product"][field].clone(),
        Some(error) => json!([error["code"], error["field"]]),
    };
    results.map(outcome).collect()
}

async fn is_shown(app: &TestApp, id: &str) -> bool {
    !fixture::read(&app.anonymous(), id, "id").await.is_null()
}

#[tokio::test]
async fn products_are_published_taken_back_and_archived_like_one() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = products(&owner, &["a", "b", "c"], json!({ "status": "DRAFT" })).await;

        for (verb, status, shown) in
            [("Publish", "ACTIVE", true), ("Unpublish", "DRAFT", false), ("Archive", "ARCHIVED", false)]
        {
            let reply = bulk(&owner, verb, &ids).await;

            assert!(reply.user_errors().is_empty());
            assert_eq!(outcomes(&reply, "status"), [status; 3]);
            for id in &ids {
                assert_eq!(is_shown(app, id).await, shown, "{verb}");
            }
        }
        let expected =
            ["1 product.created", "2 product.status_changed", "3 product.status_changed", "4 product.status_changed"];
        for id in &ids {
            assert_eq!(fixture::history(app, id).await, expected);
            assert_eq!(fixture::read(&owner, id, "version").await["version"], 4);
        }
    })
    .await;
}

#[tokio::test]
async fn one_that_is_refused_leaves_the_others_and_its_error_names_its_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let drafts = products(&owner, &["a", "b"], json!({ "status": "DRAFT" })).await;
        let archived = products(&owner, &["c"], json!({ "status": "ARCHIVED" })).await;
        let ids = [archived[0].clone(), drafts[0].clone(), fixture::unknown("product"), drafts[1].clone()];

        let reply = bulk(&owner, "Publish", &ids).await;

        assert!(reply.user_errors().is_empty());
        let expected =
            [json!(["INVALID", ["ids", "0"]]), json!("ACTIVE"), json!(["NOT_FOUND", ["ids", "2"]]), json!("ACTIVE")];
        assert_eq!(outcomes(&reply, "status"), expected);
        assert_eq!(reply.at("/bulk/results/0/product/status"), "ARCHIVED", "it is shown as it stands");
        assert!(reply.at("/bulk/results/2/product").is_null());
    })
    .await;
}

#[tokio::test]
async fn an_item_that_changes_nothing_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = products(&owner, &["a"], json!({ "status": "ACTIVE", "tags": ["Wool"] })).await;

        let twice = bulk(&owner, "Publish", &[ids[0].clone(), ids[0].clone()]).await;
        assert_eq!(outcomes(&twice, "version"), [1, 1]);
        assert_eq!(outcomes(&retag(&owner, "Add", &ids, &["wool"]).await, "version"), [1]);
        assert_eq!(outcomes(&retag(&owner, "Remove", &ids, &["silk"]).await, "version"), [1]);

        assert_eq!(fixture::history(app, &ids[0]).await, ["1 product.created"]);
        assert_eq!(bulk(&owner, "Publish", &[]).await.at("/bulk/results"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn tags_are_added_and_taken_away() {
    on_both(async |app| {
        let owner = app.owner().await;
        let tagged = products(&owner, &["a"], json!({ "tags": ["Wool", "Blue"] })).await;
        let plain = products(&owner, &["b"], json!({})).await;
        let ids = [tagged[0].clone(), plain[0].clone()];

        let reply = retag(&owner, "Add", &ids, &[" wool ", "Sale", "sale"]).await;
        assert_eq!(outcomes(&reply, "tags"), [json!(["Blue", "Sale", "Wool"]), json!(["Sale", "wool"])]);

        let reply = retag(&owner, "Remove", &ids, &["WOOL", "green"]).await;
        assert_eq!(outcomes(&reply, "tags"), [json!(["Blue", "Sale"]), json!(["Sale"])]);

        let found = app.anonymous().query("{ products(filter: { tag: \"sale\" }) { totalCount } }").await;
        assert_eq!(found.at("/products/totalCount"), 2);
        for id in &ids {
            let history = fixture::history(app, id).await;
            assert_eq!(history[1..], ["2 product.updated", "3 product.updated"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_keeps_to_100_tags() {
    on_both(async |app| {
        let owner = app.owner().await;
        let tags: Vec<String> = (0..100).map(|n| format!("tag {n}")).collect();
        let full = products(&owner, &["a"], json!({ "tags": tags })).await;
        let plain = products(&owner, &["b"], json!({})).await;

        let reply = retag(&owner, "Add", &[full[0].clone(), plain[0].clone()], &["more"]).await;

        assert_eq!(outcomes(&reply, "tags"), [json!(["TOO_LONG", ["ids", "0"]]), json!(["more"])]);
        assert_eq!(reply.at("/bulk/results/0/userErrors/0/limit"), 100);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_the_whole_is_told_once_and_nothing_is_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = products(&owner, &["a"], json!({ "status": "DRAFT" })).await;
        let many = vec![ids[0].clone(); 101];

        let replies = [
            (bulk(&owner, "Publish", &many).await, "TOO_LONG ids"),
            (retag(&owner, "Add", &many, &["x"]).await, "TOO_LONG ids"),
            (retag(&owner, "Add", &ids, &[]).await, "REQUIRED tags"),
            (retag(&owner, "Remove", &ids, &[" "]).await, "REQUIRED tags"),
            (retag(&owner, "Add", &ids, &["fine", &"x".repeat(101)]).await, "TOO_LONG tags.1"),
        ];

        for (reply, expected) in replies {
            assert_eq!(reply.user_errors(), [expected]);
            assert!(reply.at("/bulk/results").is_null());
        }
        assert_eq!(fixture::history(app, &ids[0]).await, ["1 product.created"]);
    })
    .await;
}

#[tokio::test]
async fn an_item_more_costs_only_its_own_statements() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = products(&owner, &["a", "b", "c", "d"], json!({ "status": "ACTIVE" })).await;
        let publish = format!("mutation($ids: [ID!]!) {{ bulk: productBulkPublish(ids: $ids) {{ {RESULTS} }} }}");
        let cost = async |count: usize| counted(&owner, &publish, json!({ "ids": ids[..count] })).await.1;

        let (two, four) = (cost(2).await, cost(4).await);

        assert!(four - two <= 2 * 4, "begin, share the channels, lock the product, end: {two} and {four}");
    })
    .await;
}

#[tokio::test]
async fn two_at_once_in_opposite_orders_are_both_done() {
    on_both(async |app| {
        let owner = app.owner().await;
        let slugs: Vec<String> = (0..12).map(|n| format!("p{n}")).collect();
        let slugs: Vec<&str> = slugs.iter().map(String::as_str).collect();
        let ids = products(&owner, &slugs, json!({ "status": "DRAFT" })).await;
        let collection = fixture::collection(&owner, json!({})).await;
        fixture::members(&owner, "collectionProductsAdd", &collection, &ids).await.data();
        let back: Vec<String> = ids.iter().rev().cloned().collect();

        let (published, tagged) = join(bulk(&owner, "Publish", &ids), retag(&owner, "Add", &back, &["x"])).await;
        let (one, other) = join(retag(&owner, "Add", &ids, &["y"]), retag(&owner, "Add", &back, &["z"])).await;

        for reply in [published, tagged, one, other] {
            assert!(reply.at("/bulk/results").as_array().unwrap().iter().all(|it| it["userErrors"] == json!([])));
        }
        for id in &ids {
            let read = fixture::read(&app.anonymous(), id, "status tags version").await;
            assert_eq!(read, json!({ "status": "ACTIVE", "tags": ["x", "y", "z"], "version": 5 }));
            assert_eq!(fixture::history(app, id).await.len(), 5);
        }
    })
    .await;
}
