//! How staff find promotions.

use super::*;
use crate::support::on_both;

const LIST: &str =
    "query($filter: PromotionFilter, $sort: PromotionSort, $query: String, $first: Int, $after: String) {
    promotions(filter: $filter, sort: $sort, query: $query, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name } } }";

async fn names(staff: &Client, variables: Value) -> Vec<String> {
    let reply = staff.run(LIST, variables).await;
    let nodes = reply.at("/promotions/nodes").as_array().unwrap();
    let names: Vec<_> = nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(reply.at("/promotions/totalCount"), names.len());
    names
}

#[tokio::test]
async fn promotions_are_found_by_what_they_are() {
    on_both(async |app| {
        let owner = app.owner().await;
        let japan = fixture::channel(&owner, json!({})).await;
        promotion(&owner, json!({ "name": "Été", "isActive": false, "externalId": "e" })).await;
        promotion(&owner, json!({ "name": "Japan", "channels": [japan] })).await;
        coded(&owner, "Welcome-5", json!({ "name": "Welcome" })).await;
        let shipping = json!({ "shipping": { "discount": { "percentage": "100" } } });
        promotion(&owner, json!({ "name": "We ship", "action": shipping, "priority": 5 })).await;
        let filtered = async |filter: Value| names(&owner, json!({ "filter": filter })).await;

        assert_eq!(names(&owner, json!({})).await, ["We ship", "Welcome", "Japan", "Été"]);
        assert_eq!(filtered(json!({ "isActive": false })).await, ["Été"]);
        assert_eq!(filtered(json!({ "class": "SHIPPING" })).await, ["We ship"]);
        assert_eq!(filtered(json!({ "class": "ORDER", "isActive": true })).await, ["Welcome", "Japan"]);
        assert_eq!(filtered(json!({ "channel": japan })).await, ["Japan"]);
        assert_eq!(filtered(json!({ "needsCode": true })).await, ["Welcome"]);
        assert_eq!(filtered(json!({ "code": " WELCOME-5" })).await, ["Welcome"]);
        assert_eq!(filtered(json!({ "code": "WELCOME" })).await, [""; 0]);
        assert_eq!(filtered(json!({ "externalId": "e" })).await, ["Été"]);
        assert_eq!(names(&owner, json!({ "query": "WE" })).await, ["We ship", "Welcome"]);
        assert_eq!(names(&owner, json!({ "query": "ete" })).await, ["Été"]);
        let by = |field: &str, direction: &str| json!({ "sort": { "field": field, "direction": direction } });
        assert_eq!(names(&owner, by("NAME", "ASC")).await, ["Été", "Japan", "We ship", "Welcome"]);
        assert_eq!(names(&owner, by("PRIORITY", "DESC")).await, ["We ship", "Welcome", "Japan", "Été"]);
        assert_eq!(names(&owner, by("CREATED_AT", "ASC")).await, ["Été", "Japan", "Welcome", "We ship"]);
    })
    .await;
}

#[tokio::test]
async fn promotions_come_in_pages() {
    on_both(async |app| {
        let staff = staff(app).await;
        for name in ["A", "B", "C"] {
            promotion(&staff, json!({ "name": name })).await;
        }
        for field in ["NAME", "PRIORITY", "CREATED_AT"] {
            let sort = json!({ "field": field, "direction": "ASC" });
            let first = staff.run(LIST, json!({ "first": 2, "sort": sort })).await;
            assert_eq!(first.at("/promotions/nodes"), &json!([{ "name": "A" }, { "name": "B" }]));
            let after = first.at("/promotions/pageInfo/endCursor");
            let rest = staff.run(LIST, json!({ "first": 2, "after": after, "sort": sort })).await;
            assert_eq!(rest.at("/promotions/nodes"), &json!([{ "name": "C" }]));
            assert_eq!(rest.at("/promotions/pageInfo/hasNextPage"), false);
        }
    })
    .await;
}

#[tokio::test]
async fn promotions_are_for_staff_who_may() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({})).await;
        let node = "query($id: ID!) { node(id: $id) { id } }";

        assert_eq!(staff.run(node, json!({ "id": id })).await.text("/node/id"), id);
        assert!(app.anonymous().run(node, json!({ "id": id })).await.at("/node").is_null());
        let other = app.staff(&[Permission::ProductRead]).await;
        assert!(other.run(node, json!({ "id": id })).await.at("/node").is_null());
        assert_eq!(other.query("{ promotions { totalCount } }").await.code(), Some("FORBIDDEN"));
        let reader = app.staff(&[Permission::PromotionRead]).await;
        assert_eq!(reader.run(DELETE, json!({ "id": id })).await.code(), Some("FORBIDDEN"));
        assert_eq!(app.anonymous().run(DELETE, json!({ "id": id })).await.code(), Some("UNAUTHENTICATED"));
        assert!(read(&staff, &fixture::unknown("promotion"), "id").await.is_null());
    })
    .await;
}
