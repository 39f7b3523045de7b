//! The tree of collections has no circle, no matter who moves what, and an end.

use futures::future::join_all;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tradepost::entity::collection;
use tradepost::id::CollectionId;

use crate::support::{Client, Reply, TestApp, fixture, on_both};

async fn child(owner: &Client, name: &str, parent: Option<&str>) -> String {
    fixture::collection(owner, json!({ "name": name, "parent": parent })).await
}

/// A chain of collections, each part of the one before.
async fn chain(owner: &Client, name: &str, length: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for n in 0..length {
        let id = child(owner, &format!("{name} {n}"), ids.last().map(String::as_str)).await;
        ids.push(id);
    }
    ids
}

async fn move_to(owner: &Client, id: &str, parent: &str) -> Reply {
    fixture::update(owner, "collectionUpdate", id, json!({ "parent": parent })).await
}

#[tokio::test]
async fn a_collection_moves_with_all_that_is_part_of_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirts = chain(&owner, "Shirts", 2).await;
        let sale = child(&owner, "Sale", None).await;

        let reply = move_to(&owner, &shirts[0], &sale).await;

        assert!(reply.user_errors().is_empty());
        let tree =
            fixture::read(&app.anonymous(), &sale, "children { id children { id parent { parent { id } } } }").await;
        let leaf = json!({ "id": shirts[1], "parent": { "parent": { "id": sale } } });
        assert_eq!(tree["children"], json!([{ "id": shirts[0], "children": [leaf] }]));
    })
    .await;
}

#[tokio::test]
async fn a_collection_cannot_be_part_of_itself_or_of_what_is_part_of_it() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = chain(&owner, "Level", 3).await;

        for parent in &ids {
            let reply = move_to(&owner, &ids[0], parent).await;

            assert_eq!(reply.user_errors(), ["INVALID input.parent"]);
        }
        assert!(fixture::read(&owner, &ids[0], "parent { id }").await["parent"].is_null());
    })
    .await;
}

#[tokio::test]
async fn the_tree_is_ten_deep_at_most_however_it_grows() {
    on_both(async |app| {
        let owner = app.owner().await;
        let deep = chain(&owner, "Deep", 10).await;
        let short = chain(&owner, "Short", 3).await;

        let input = json!({ "name": "Eleventh", "parent": deep[9] });
        let created = owner.run(fixture::COLLECTION_CREATE, json!({ "input": input })).await;
        assert_eq!(created.user_errors(), ["INVALID input.parent"]);

        let moved = move_to(&owner, &short[0], &deep[7]).await;
        assert_eq!(moved.user_errors(), ["INVALID input.parent"], "its children would be too deep");

        assert!(move_to(&owner, &short[0], &deep[6]).await.user_errors().is_empty());
    })
    .await;
}

#[tokio::test]
async fn moves_at_once_cannot_close_a_circle() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..3 {
            let a = child(&owner, &format!("A {round}"), None).await;
            let b = child(&owner, &format!("B {round}"), None).await;
            let c = child(&owner, &format!("C {round}"), None).await;

            let replies = join_all([move_to(&owner, &a, &b), move_to(&owner, &b, &c), move_to(&owner, &c, &a)]).await;

            let refused: Vec<String> = replies.iter().flat_map(Reply::user_errors).collect();
            assert_eq!(refused, ["INVALID input.parent"], "exactly one of them would close it");
        }
    })
    .await;
}

#[tokio::test]
async fn a_parent_that_goes_at_the_same_time_leaves_no_orphan() {
    on_both(async |app| {
        let owner = app.owner().await;
        for round in 0..4 {
            let parent = child(&owner, &format!("Parent {round}"), None).await;
            let input = json!({ "name": format!("Child {round}"), "parent": parent });

            let create = owner.run(fixture::COLLECTION_CREATE, json!({ "input": input }));
            let delete = fixture::change(&owner, "collectionDelete", &parent);
            let (created, deleted) = futures::future::join(create, delete).await;

            let both = (created.user_errors(), deleted.user_errors());
            let child_first: (Vec<String>, Vec<String>) = (Vec::new(), vec!["IN_USE id".to_owned()]);
            let delete_first: (Vec<String>, Vec<String>) = (vec!["NOT_FOUND input.parent".to_owned()], Vec::new());
            assert!(both == child_first || both == delete_first, "{both:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn children_and_their_products_come_in_one_query() {
    on_both(async |app| {
        let owner = app.owner().await;
        let top = child(&owner, "Clothes", None).await;
        for name in ["Shirts", "Shoes"] {
            let products = [
                fixture::product(&owner, json!({ "name": format!("{name} 1") })).await,
                fixture::product(&owner, json!({ "name": format!("{name} 2") })).await,
            ];
            fixture::collection(&owner, json!({ "name": name, "parent": top, "products": products })).await;
        }
        child(&owner, "Empty", Some(&top)).await;
        fixture::collection(&owner, json!({ "name": "Hidden", "parent": top, "status": "DRAFT" })).await;

        let query = "{ collections(filter: { isTopLevel: true }) { totalCount nodes { name
            children { name products(first: 1) { totalCount nodes { name } pageInfo { hasNextPage } } } } } }";
        let reply = app.anonymous().query(query).await;

        let part = |name: &str, count: i32, nodes: Value, more: bool| {
            json!({ "name": name,
                "products": { "totalCount": count, "nodes": nodes, "pageInfo": { "hasNextPage": more } } })
        };
        let children = json!([
            part("Shirts", 2, json!([{ "name": "Shirts 1" }]), true),
            part("Shoes", 2, json!([{ "name": "Shoes 1" }]), true),
            part("Empty", 0, json!([]), false),
        ]);
        let expected = json!({ "totalCount": 1, "nodes": [{ "name": "Clothes", "children": children }] });
        assert_eq!(reply.at("/collections"), &expected);
    })
    .await;
}

#[tokio::test]
async fn a_collection_has_at_most_250_children() {
    on_both(async |app| {
        let owner = app.owner().await;
        let top = child(&owner, "Top", None).await;
        fill(app, &top, 250).await;
        let other = child(&owner, "Other", None).await;

        let moved = move_to(&owner, &other, &top).await;

        assert_eq!(moved.user_errors(), ["TOO_LONG input.parent"]);
        assert_eq!(moved.at("/collectionUpdate/userErrors/0/limit"), 250);
    })
    .await;
}

#[tokio::test]
async fn however_many_collections_there_are_all_can_show_their_products() {
    on_both(async |app| {
        let owner = app.owner().await;
        let product = fixture::product(&owner, json!({})).await;
        for name in ["A", "B", "C"] {
            let top = child(&owner, name, None).await;
            fixture::collection(&owner, json!({ "name": format!("{name} 1"), "parent": top, "products": [product] }))
                .await;
            fill(app, &top, 200).await;
        }

        let query = "{ collections(first: 3, filter: { isTopLevel: true }) { nodes {
            children { products(first: 1) { totalCount nodes { id } } } } } }";
        let reply = app.anonymous().query(query).await;

        let members = json!({ "products": { "totalCount": 1, "nodes": [{ "id": product }] } });
        for top in reply.at("/collections/nodes").as_array().unwrap() {
            let children = top["children"].as_array().unwrap();
            assert_eq!(children.len(), 201);
            assert_eq!(children.iter().filter(|child| **child == members).count(), 1);
        }
    })
    .await;
}

/// Puts a number of children straight into the database.
async fn fill(app: &TestApp, parent: &str, count: usize) {
    let parent: CollectionId = parent.parse().unwrap();
    let tx = app.app.db().begin().await.unwrap();
    let pattern = collection::Entity::find_by_id(parent).one(&tx).await.unwrap().unwrap();
    let rows = (0..count).map(|n| {
        let slug = format!("{}-part-{n}", pattern.slug);
        let row = collection::Model { id: CollectionId::generate(), parent_id: Some(parent), slug, ..pattern.clone() };
        row.into_active_model().reset_all()
    });
    collection::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
    let show = "INSERT INTO collection_channel (collection_id, channel_id) SELECT collection.id, channel.id
        FROM collection CROSS JOIN channel WHERE true ON CONFLICT DO NOTHING";
    tx.execute_unprepared(show).await.unwrap();
    tx.commit().await.unwrap();
}
