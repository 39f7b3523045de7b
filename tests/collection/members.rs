//! The products of a collection, as staff choose them.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both, sql};

const ADD: &str = "collectionProductsAdd";
const REMOVE: &str = "collectionProductsRemove";

async fn products(owner: &Client, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(fixture::product(owner, json!({ "name": format!("Product {n}") })).await);
    }
    ids
}

async fn ids(client: &Client, collection: &str) -> Vec<String> {
    let read = fixture::read(client, collection, "products(first: 100) { nodes { id } }").await;
    let nodes = read["products"]["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn members_stand_in_the_order_in_which_they_came() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 4).await;
        let [a, b, c, d] = [0, 1, 2, 3].map(|n: usize| all[n].clone());
        let id = fixture::collection(&owner, json!({ "products": [c, a] })).await;

        let reply = fixture::members(&owner, ADD, &id, &[d.clone(), b.clone()]).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(ids(&app.anonymous(), &id).await, [c, a, d, b]);
        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 2);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created", "2 collection.products_changed"]);
    })
    .await;
}

#[tokio::test]
async fn who_is_a_member_already_stays_where_it_is() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 3).await;
        let id = fixture::collection(&owner, json!({ "products": [all[0], all[1], all[0]] })).await;

        let again = [all[1].clone(), all[2].clone(), all[2].clone(), all[0].clone()];
        fixture::members(&owner, ADD, &id, &again).await.data();

        assert_eq!(ids(&owner, &id).await, all);
    })
    .await;
}

#[tokio::test]
async fn remove_takes_members_out_and_passes_over_others() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 3).await;
        let id = fixture::collection(&owner, json!({ "products": [all[0], all[1]] })).await;

        let gone = [all[0].clone(), all[2].clone(), fixture::unknown("product")];
        let reply = fixture::members(&owner, REMOVE, &id, &gone).await;

        assert!(reply.user_errors().is_empty());
        assert_eq!(ids(&owner, &id).await, [all[1].clone()]);
        assert_eq!(fixture::history(app, &id).await[1], "2 collection.products_changed");
    })
    .await;
}

#[tokio::test]
async fn what_changes_no_member_leaves_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 2).await;
        let id = fixture::collection(&owner, json!({ "products": [all[0]] })).await;

        fixture::members(&owner, ADD, &id, &all[..1]).await.data();
        fixture::members(&owner, ADD, &id, &[]).await.data();
        fixture::members(&owner, REMOVE, &id, &all[1..]).await.data();
        fixture::members(&owner, REMOVE, &id, &[]).await.data();

        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place_and_nobody_is_added() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 1).await;
        let id = fixture::collection(&owner, json!({})).await;
        let unknown = fixture::unknown("product");

        let reply = fixture::members(&owner, ADD, &id, &[unknown.clone(), all[0].clone(), unknown.clone()]).await;
        assert_eq!(reply.user_errors(), ["NOT_FOUND products.0", "NOT_FOUND products.2"]);

        let nowhere = fixture::unknown("collection");
        for mutation in [ADD, REMOVE] {
            let many = vec![unknown.clone(); 251];
            let reply = fixture::members(&owner, mutation, &id, &many).await;
            assert_eq!(reply.user_errors(), ["TOO_LONG products"]);
            let reply = fixture::members(&owner, mutation, &nowhere, &all).await;
            assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        }
        assert!(ids(&owner, &id).await.is_empty());
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn members_that_are_added_at_once_are_all_there_once() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 5).await;
        let id = fixture::collection(&owner, json!({})).await;
        let additions = all.windows(2).map(|pair| fixture::members(&owner, ADD, &id, pair));

        let replies = join_all(additions).await;

        assert!(replies.iter().all(|reply| reply.user_errors().is_empty()));
        let mut members = ids(&owner, &id).await;
        members.sort();
        assert_eq!(members, all);
    })
    .await;
}

#[tokio::test]
async fn a_product_tells_which_collections_it_is_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 1).await;
        for (name, status) in [("B", "ACTIVE"), ("A", "ACTIVE"), ("Hidden", "DRAFT")] {
            fixture::collection(&owner, json!({ "name": name, "status": status, "products": all })).await;
        }

        let names = async |client: &Client| {
            let read = fixture::read(client, &all[0], "collections { name }").await;
            let names: Vec<Value> =
                read["collections"].as_array().unwrap().iter().map(|found| found["name"].clone()).collect();
            names
        };

        assert_eq!(names(&app.anonymous()).await, ["B", "A"], "in the shop's order");
        assert_eq!(names(&owner).await, ["B", "A", "Hidden"]);
    })
    .await;
}

#[tokio::test]
async fn the_event_names_just_who_came_or_went() {
    on_both(async |app| {
        let owner = app.owner().await;
        let all = products(&owner, 3).await;
        let id = fixture::collection(&owner, json!({ "products": [all[0]] })).await;

        fixture::members(&owner, ADD, &id, &[all[0].clone(), all[1].clone()]).await.data();
        fixture::members(&owner, REMOVE, &id, &[all[2].clone(), all[0].clone()]).await.data();

        let payloads = sql::texts(
            app.app.db(),
            "SELECT CAST(payload AS text) FROM event WHERE type = 'collection.products_changed' ORDER BY sequence",
        )
        .await;
        let payloads: Vec<Value> = payloads.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        assert_eq!(payloads, [json!({ "added": [all[1]] }), json!({ "removed": [all[0]] })]);
    })
    .await;
}
