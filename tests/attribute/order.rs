//! The shop's order of its attributes, and lists of them.

use serde_json::json;

use crate::support::{Client, fixture, on_both};

async fn codes(client: &Client, arguments: &str) -> Vec<String> {
    let reply = client.query(&format!("{{ attributes{arguments} {{ code }} }}")).await;
    let list = reply.at("/attributes").as_array().unwrap().clone();
    list.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

async fn move_before(owner: &Client, id: &str, before: Option<&str>) -> Vec<String> {
    let operation = "mutation($id: ID!, $before: ID) { attributeMove(id: $id, before: $before) {
        attribute { id } userErrors { code message field } } }";
    owner.run(operation, json!({ "id": id, "before": before })).await.user_errors()
}

#[tokio::test]
async fn a_new_attribute_stands_last_and_can_be_moved() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for name in ["A", "B", "C"] {
            ids.push(fixture::define_attribute(&owner, json!({ "name": name })).await);
        }
        assert_eq!(codes(&app.anonymous(), "").await, ["a", "b", "c"]);

        assert!(move_before(&owner, &ids[2], Some(&ids[0])).await.is_empty());
        assert_eq!(codes(&app.anonymous(), "").await, ["c", "a", "b"]);
        assert!(move_before(&owner, &ids[0], None).await.is_empty());
        assert_eq!(codes(&app.anonymous(), "").await, ["c", "b", "a"]);
        assert!(move_before(&owner, &ids[1], Some(&ids[1])).await.is_empty());
        assert_eq!(codes(&app.anonymous(), "").await, ["c", "b", "a"]);

        let unknown = fixture::unknown("attribute");
        assert_eq!(move_before(&owner, &unknown, None).await, ["NOT_FOUND id"]);
        assert_eq!(move_before(&owner, &ids[0], Some(&unknown)).await, ["NOT_FOUND before"]);
        assert_eq!(fixture::history(app, &ids[0]).await, ["1 attribute.created", "2 attribute.updated"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn attributes_that_are_moved_at_once_do_not_wait_for_each_other_forever() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for name in ["A", "B", "C", "D"] {
            ids.push(fixture::define_attribute(&owner, json!({ "name": name })).await);
        }

        let moves = (0..12).map(|n| move_before(&owner, &ids[n % 4], Some(&ids[(n * 3 + 1) % 4])));
        let refused = futures::future::join_all(moves).await.concat();

        assert_eq!(refused, [""; 0]);
        assert_eq!(codes(&owner, "").await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_narrowed_by_subject_and_by_use() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::define_attribute(&owner, json!({ "name": "A" })).await;
        fixture::define_attribute(&owner, json!({ "name": "B", "subject": "VARIANT" })).await;
        fixture::define_attribute(&owner, json!({ "name": "C", "isFilterable": false })).await;

        let shopper = app.anonymous();
        assert_eq!(codes(&shopper, "(filter: { subject: PRODUCT })").await, ["a", "c"]);
        assert_eq!(codes(&shopper, "(filter: { isFilterable: true })").await, ["a", "b"]);
        assert_eq!(codes(&shopper, "(filter: { subject: PRODUCT, isFilterable: false })").await, ["c"]);
    })
    .await;
}
