//! How those who run the shop are listed.

use super::*;
use crate::support::{fixture, on_both};

const LIST: &str = "query($first: Int, $after: String, $last: Int, $before: String, $filter: StaffUserFilter) {
    staffUsers(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
        totalCount nodes { name } pageInfo { hasNextPage endCursor startCursor } } }";

async fn names(client: &Client, variables: Value) -> Vec<String> {
    let reply = client.run(LIST, variables).await;
    let nodes = reply.at("/staffUsers/nodes").as_array().unwrap().clone();
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

/// Four people beside the owner, whose name is "Staff".
async fn people(owner: &Client) {
    for name in ["zoe", "Émile", "anna", "Bob"] {
        let email = format!("{name}@shop.example").replace('É', "E");
        let input = json!({ "email": email, "name": name, "roles": [] });
        assert_eq!(invite_as(owner, input).await.user_errors(), [""; 0]);
    }
}

#[tokio::test]
async fn staff_are_listed_in_the_alphabet_of_their_names() {
    on_both(async |app| {
        let owner = app.owner().await;
        people(&owner).await;

        assert_eq!(names(&owner, json!({})).await, ["anna", "Bob", "Émile", "Staff", "zoe"]);
        let first = owner.run(LIST, json!({ "first": 2 })).await;
        assert_eq!(first.at("/staffUsers/totalCount"), 5);
        assert_eq!(first.at("/staffUsers/pageInfo/hasNextPage"), true);
        let after = first.text("/staffUsers/pageInfo/endCursor");
        assert_eq!(names(&owner, json!({ "first": 2, "after": after })).await, ["Émile", "Staff"]);
        let last = owner.run(LIST, json!({ "last": 1 })).await;
        let before = last.text("/staffUsers/pageInfo/startCursor");
        assert_eq!(names(&owner, json!({ "last": 2, "before": before })).await, ["Émile", "Staff"]);
        let forged = owner.run(
            LIST,
            json!({ "after": "eyJzIjoibmFtZSIsImsiOjEsImkiOiIwMTkzOWQ1Yy0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ" }),
        );
        assert_eq!(forged.await.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn staff_are_found_by_what_their_name_or_address_begins_with() {
    on_both(async |app| {
        let owner = app.owner().await;
        people(&owner).await;
        let found = async |query: &str| names(&owner, json!({ "filter": { "query": query } })).await;

        assert_eq!(found("EM").await, ["Émile"]);
        assert_eq!(found("zoe@Shop").await, ["zoe"]);
        assert_eq!(found("mile").await, [""; 0]);
        assert_eq!(found(" ").await.len(), 5);
        assert_eq!(found("%").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn staff_are_filtered_by_role_and_by_whether_they_are_let_in() {
    on_both(async |app| {
        let owner = app.owner().await;
        people(&owner).await;
        let clerk = role(&owner, "Clerk", &[]).await;
        let (id, _) = joined(app, &owner, "Ada", &[&clerk]).await;
        invited(&owner, "Carl", &[&clerk]).await;
        update(&owner, &id, json!({ "isActive": false })).await;

        assert_eq!(names(&owner, json!({ "filter": { "role": clerk } })).await, ["Ada", "Carl"]);
        assert_eq!(names(&owner, json!({ "filter": { "role": clerk, "isActive": true } })).await, ["Carl"]);
        assert_eq!(names(&owner, json!({ "filter": { "isActive": false } })).await, ["Ada"]);
        let count = owner.run(LIST, json!({ "filter": { "isActive": true }, "first": 1 })).await;
        assert_eq!(count.at("/staffUsers/totalCount"), 6);
    })
    .await;
}

#[tokio::test]
async fn one_is_found_by_id() {
    on_both(async |app| {
        let owner = app.owner().await;
        let id = invited(&owner, "Ada", &[]).await;
        let find = "query($id: ID!) { staffUser(id: $id) { name email status createdAt updatedAt } }";

        let reply = owner.run(find, json!({ "id": id })).await;

        assert_eq!(reply.at("/staffUser/email"), "ada@example.com");
        assert_eq!(reply.at("/staffUser/status"), "INVITED");
        assert_eq!(owner.run(find, json!({ "id": fixture::unknown("staff") })).await.at("/staffUser"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_staff() {
    on_both(async |app| {
        let owner = app.owner().await;
        let clerk = role(&owner, "Clerk", &["PRODUCT_READ"]).await;
        let query = "{ staffUsers(first: 50) { nodes { name roles { name permissions channels { slug } } } } }";
        invited(&owner, "Ada", &[&clerk]).await;
        let (_, few) = crate::support::statements::counted(&owner, query, json!({})).await;
        for number in 0..10 {
            invited(&owner, &format!("Bob{number}"), &[&clerk]).await;
        }

        let (_, many) = crate::support::statements::counted(&owner, query, json!({})).await;

        assert_eq!(many, few);
    })
    .await;
}
