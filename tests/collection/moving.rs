//! The order of collections among those of the same parent.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{Client, Reply, fixture, on_both};

async fn child(owner: &Client, name: &str, parent: Option<&str>) -> String {
    fixture::collection(owner, json!({ "name": name, "parent": parent })).await
}

async fn move_to(owner: &Client, id: &str, input: Value) -> Reply {
    fixture::update(owner, "collectionMove", id, input).await
}

/// A collection with children that are named A, B, C and D, with their ids.
async fn family(owner: &Client) -> (String, [String; 4]) {
    let parent = child(owner, "Parent", None).await;
    let mut children = Vec::new();
    for name in ["A", "B", "C", "D"] {
        children.push(child(owner, name, Some(&parent)).await);
    }
    (parent, children.try_into().unwrap())
}

async fn order(client: &Client, parent: &str) -> String {
    let read = fixture::read(client, parent, "children { name }").await;
    read["children"].as_array().unwrap().iter().map(|child| child["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_collection_goes_before_or_after_another_or_to_a_position() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (parent, [a, b, c, d]) = family(&owner).await;
        let cases = [
            (&d, json!({ "before": a }), "DABC"),
            (&d, json!({ "after": b }), "ABDC"),
            (&c, json!({ "position": 0 }), "CABD"),
            (&c, json!({ "position": 2 }), "ABCD"),
            (&a, json!({ "position": 99 }), "BCDA"),
            (&b, json!({}), "CDAB"),
            (&b, json!({ "parent": parent, "position": 1 }), "CBDA"),
        ];

        for (number, (id, input, expected)) in cases.into_iter().enumerate() {
            let reply = move_to(&owner, id, input).await;

            assert!(reply.user_errors().is_empty(), "{}", reply.json);
            assert_eq!(order(&app.anonymous(), &parent).await, expected, "case {number}");
        }
        assert_eq!(fixture::history(app, &a).await, ["1 collection.created", "2 collection.updated"]);
        assert_eq!(fixture::read(&owner, &c, "version").await["version"], 3);
    })
    .await;
}

#[tokio::test]
async fn a_collection_goes_to_another_parent_at_a_place() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (parent, [a, b, _, _]) = family(&owner).await;
        let other = child(&owner, "Other", None).await;

        move_to(&owner, &other, json!({ "parent": parent, "after": a })).await.data();
        assert_eq!(order(&owner, &parent).await, "AOtherBCD");

        move_to(&owner, &b, json!({ "parent": other })).await.data();
        assert_eq!(order(&owner, &other).await, "B");

        move_to(&owner, &b, json!({ "parent": null, "before": parent })).await.data();
        let query = "{ collections(filter: { isTopLevel: true }) { nodes { name } } }";
        let top = owner.query(query).await;
        assert_eq!(top.at("/collections/nodes"), &json!([{ "name": "B" }, { "name": "Parent" }]));
    })
    .await;
}

#[tokio::test]
async fn a_move_to_where_it_is_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (parent, [a, b, _, d]) = family(&owner).await;

        for (id, input) in
            [(&d, json!({})), (&b, json!({ "after": a })), (&a, json!({ "parent": parent, "before": b }))]
        {
            assert!(move_to(&owner, id, input).await.user_errors().is_empty());
            assert_eq!(fixture::history(app, id).await, ["1 collection.created"]);
        }
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place_and_nothing_moves() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (parent, [a, b, ..]) = family(&owner).await;
        let nowhere = fixture::unknown("collection");
        let cases = [
            (&nowhere, json!({}), "NOT_FOUND id"),
            (&a, json!({ "expectedVersion": 2 }), "CONFLICT input.expectedVersion"),
            (&a, json!({ "parent": nowhere }), "NOT_FOUND input.parent"),
            (&parent, json!({ "parent": a }), "INVALID input.parent"),
            (&a, json!({ "parent": a }), "INVALID input.parent"),
            (&a, json!({ "before": nowhere }), "NOT_FOUND input.before"),
            (&a, json!({ "after": parent }), "NOT_FOUND input.after"),
            (&a, json!({ "before": a }), "NOT_FOUND input.before"),
            (&a, json!({ "position": -1 }), "INVALID input.position"),
            (&a, json!({ "position": 1, "after": b }), "INVALID input"),
        ];

        for (id, input, expected) in cases {
            let reply = move_to(&owner, id, input.clone()).await;

            assert_eq!(reply.user_errors(), [expected], "{input}");
        }
        assert_eq!(order(&owner, &parent).await, "ABCD");
    })
    .await;
}

#[tokio::test]
async fn moves_at_once_leave_everybody_at_a_place_of_its_own() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (parent, children) = family(&owner).await;

        for round in 0..4 {
            let moves = children
                .iter()
                .enumerate()
                .map(|(number, id)| move_to(&owner, id, json!({ "position": (number + round) % 4 })));
            let replies = join_all(moves).await;

            assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
            let mut names: Vec<char> = order(&owner, &parent).await.chars().collect();
            names.sort_unstable();
            assert_eq!(names, ['A', 'B', 'C', 'D']);
        }
    })
    .await;
}
