//! The way from the top of the tree to a collection, and menus from the top down.

use serde_json::{Value, json};

use crate::support::statements::counted;
use crate::support::{Client, fixture, on_both};

/// A chain of collections, each part of the one before.
async fn chain(owner: &Client, names: &[&str]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for name in names {
        ids.push(fixture::collection(owner, json!({ "name": name, "parent": ids.last() })).await);
    }
    ids
}

async fn crumbs(client: &Client, id: &str) -> Vec<String> {
    let read = fixture::read(client, id, "breadcrumbs { name }").await;
    let crumbs = read["breadcrumbs"].as_array().unwrap().iter();
    crumbs.map(|crumb| crumb["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn they_lead_from_the_top_to_the_parent() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = chain(&owner, &["Home", "Kitchen", "Pots", "Iron"]).await;

        let shopper = app.anonymous();
        assert_eq!(crumbs(&shopper, &ids[3]).await, ["Home", "Kitchen", "Pots"]);
        assert_eq!(crumbs(&shopper, &ids[1]).await, ["Home"]);
        assert!(crumbs(&shopper, &ids[0]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_deepest_tree_has_nine_of_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        let names: Vec<String> = (0..10).map(|level| format!("Level {level}")).collect();
        let ids = chain(&owner, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;

        assert_eq!(crumbs(&app.anonymous(), &ids[9]).await, names[..9]);
    })
    .await;
}

#[tokio::test]
async fn they_begin_below_what_is_hidden() {
    on_both(async |app| {
        let owner = app.owner().await;
        let ids = chain(&owner, &["Home", "Kitchen", "Pots", "Iron"]).await;
        fixture::change(&owner, "collectionUnpublish", &ids[1]).await.data();

        assert_eq!(crumbs(&app.anonymous(), &ids[3]).await, ["Pots"]);
        assert!(crumbs(&app.anonymous(), &ids[2]).await.is_empty());
        assert_eq!(crumbs(&owner, &ids[3]).await, ["Home", "Kitchen", "Pots"]);
    })
    .await;
}

/// The shop's tree: some collections, each with as many children and grandchildren.
async fn tree(owner: &Client, width: usize) {
    for first in 0..width {
        let top = fixture::collection(owner, json!({ "name": format!("T{first}") })).await;
        for second in 0..width {
            let input = json!({ "name": format!("T{first} {second}"), "parent": top });
            let middle = fixture::collection(owner, input).await;
            for third in 0..width {
                let input = json!({ "name": format!("T{first} {second} {third}"), "parent": middle });
                fixture::collection(owner, input).await;
            }
        }
    }
}

#[tokio::test]
async fn any_number_of_collections_takes_one_statement_for_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        let read = async |first: usize, fields: &str| {
            let query = format!("{{ collections(first: {first}) {{ nodes {{ name {fields} }} }} }}");
            counted(&app.anonymous(), &query, json!({})).await
        };
        tree(&owner, 3).await;
        let (_, plain) = read(39, "").await;

        let (_, few) = read(2, "breadcrumbs { name }").await;
        let (reply, many) = read(39, "breadcrumbs { name }").await;

        assert_eq!((few, many), (plain + 1, plain + 1));
        let nodes = reply.at("/collections/nodes").as_array().unwrap();
        assert_eq!(nodes.len(), 39);
        let last = nodes.iter().find(|node| node["name"] == "T2 1 0").unwrap();
        assert_eq!(last["breadcrumbs"], json!([{ "name": "T2" }, { "name": "T2 1" }]));
    })
    .await;
}

#[tokio::test]
async fn a_menu_of_three_levels_is_one_query_of_constant_cost() {
    on_both(async |app| {
        let owner = app.owner().await;
        let menu = "{ collections(filter: { isTopLevel: true }) { nodes {
            name slug children { name slug children { name slug isRuleMade } } } } }";
        tree(&owner, 1).await;
        let (_, small) = counted(&app.anonymous(), menu, json!({})).await;
        for name in ["Home", "Garden"] {
            let ids = chain(&owner, &[name, &format!("{name} tools"), &format!("{name} saws")]).await;
            for n in 0..3 {
                fixture::collection(&owner, json!({ "name": format!("{name} part {n}"), "parent": ids[1] })).await;
            }
        }

        let (reply, large) = counted(&app.anonymous(), menu, json!({})).await;

        assert_eq!(small, large);
        let home = &reply.at("/collections/nodes")[1];
        let leaves: Vec<&Value> = home["children"][0]["children"].as_array().unwrap().iter().collect();
        let names: Vec<&Value> = leaves.iter().map(|leaf| &leaf["name"]).collect();
        assert_eq!(names, ["Home saws", "Home part 0", "Home part 1", "Home part 2"]);
    })
    .await;
}
