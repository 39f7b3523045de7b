//! Pages begin after a row and not after a number of rows.

use serde_json::{Value, json};

use super::{names, texts};
use crate::support::{Client, fixture, on_both};

/// Products whose prices and whose folded names are partly the same.
async fn seed(owner: &Client, count: usize) {
    let letters = ["Ä", "b", "É", "a", "B", "z", "e"];
    for n in 0..count {
        let input = json!({
            "name": format!("{} {}", letters[n % 7], n % 4),
            "slug": format!("p{n}"),
            "variants": [{ "price": (n % 6).to_string() }]
        });
        fixture::product(owner, input).await;
    }
}

/// All pages of a list from its beginning or from its end, put together.
async fn walk(client: &Client, sort: &str, size: usize, is_backward: bool) -> Vec<String> {
    let (count, edge, cursor, more) = if is_backward {
        ("last", "before", "startCursor", "hasPreviousPage")
    } else {
        ("first", "after", "endCursor", "hasNextPage")
    };
    let (mut all, mut place) = (Vec::new(), String::new());
    loop {
        let query = format!(
            "{{ products({count}: {size} {place} {sort}) {{ nodes {{ slug }} pageInfo {{ {cursor} {more} }} }} }}"
        );
        let page = client.query(&query).await.at("/products").clone();
        let slugs = texts(&page["nodes"], "slug");
        assert!(slugs.len() == size || page["pageInfo"][more] == false, "no page but the last is short");
        let at = if is_backward { 0 } else { all.len() };
        all.splice(at..at, slugs);
        if page["pageInfo"][more] == false {
            return all;
        }
        place = format!("{edge}: {}", page["pageInfo"][cursor]);
    }
}

#[tokio::test]
async fn every_order_gives_each_product_once_in_both_directions() {
    on_both(async |app| {
        seed(&app.owner().await, 25).await;
        let shopper = app.anonymous();
        let mut sorts = vec![String::new()];
        for field in ["NAME", "PRICE", "CREATED_AT"] {
            for direction in ["ASC", "DESC"] {
                sorts.push(format!("sort: {{ field: {field}, direction: {direction} }}"));
            }
        }

        for sort in sorts {
            let query = format!("{{ products(first: 100 {sort}) {{ nodes {{ slug }} }} }}");
            let whole = texts(shopper.query(&query).await.at("/products/nodes"), "slug");
            assert_eq!(whole.len(), 25);
            for size in [4, 5, 7, 25] {
                assert_eq!(walk(&shopper, &sort, size, false).await, whole, "{size} forward {sort}");
                assert_eq!(walk(&shopper, &sort, size, true).await, whole, "{size} backward {sort}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn orders_sort_by_what_they_say() {
    on_both(async |app| {
        let owner = app.owner().await;
        for (name, price) in [("beta", "9"), ("Ärger", "10"), ("Alpha", "100"), ("BETA 2", "0.5")] {
            fixture::product(&owner, json!({ "name": name, "variants": [{ "price": price }] })).await;
        }
        let shopper = app.anonymous();

        let by_name = ["Alpha", "Ärger", "beta", "BETA 2"];
        let by_price = ["BETA 2", "beta", "Ärger", "Alpha"];
        let by_age = ["beta", "Ärger", "Alpha", "BETA 2"];
        for (field, expected) in [("NAME", by_name), ("PRICE", by_price), ("CREATED_AT", by_age)] {
            let mut expected = expected.to_vec();
            assert_eq!(names(&shopper, &format!("(sort: {{ field: {field} }})")).await, expected, "{field}");
            expected.reverse();
            let descending = format!("(sort: {{ field: {field}, direction: DESC }})");
            assert_eq!(names(&shopper, &descending).await, expected, "{field}");
        }
        assert_eq!(names(&shopper, "").await, ["BETA 2", "Alpha", "Ärger", "beta"], "newest first");
    })
    .await;
}

#[tokio::test]
async fn cursors_stand_when_rows_come_and_go_elsewhere() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut ids = Vec::new();
        for name in ["B", "D", "F", "H", "J"] {
            ids.push(fixture::product(&owner, json!({ "name": name, "variants": [{ "price": "1" }] })).await);
        }
        let shopper = app.anonymous();
        let page = "{ products(first: 2, sort: { field: NAME }) { pageInfo { endCursor } } }";
        let cursor = shopper.query(page).await.at("/products/pageInfo/endCursor").clone();
        let next = format!("(first: 2, after: {cursor}, sort: {{ field: NAME }})");
        assert_eq!(names(&shopper, &next).await, ["F", "H"]);

        fixture::product(&owner, json!({ "name": "A" })).await;
        fixture::change(&owner, "productDelete", &ids[0]).await.data();
        assert_eq!(names(&shopper, &next).await, ["F", "H"]);

        fixture::change(&owner, "productDelete", &ids[1]).await.data();
        assert_eq!(names(&shopper, &next).await, ["F", "H"], "even without the row of the cursor");

        fixture::product(&owner, json!({ "name": "E" })).await;
        assert_eq!(names(&shopper, &next).await, ["E", "F"]);
    })
    .await;
}

#[tokio::test]
async fn each_edge_has_the_cursor_of_its_node() {
    on_both(async |app| {
        seed(&app.owner().await, 5).await;
        let shopper = app.anonymous();
        let query = "{ products(sort: { field: PRICE }) {
            edges { cursor node { name } } nodes { name } totalCount
            pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }";

        let list = shopper.query(query).await.at("/products").clone();

        let edges = list["edges"].as_array().unwrap();
        let all: Vec<&Value> = edges.iter().map(|edge| &edge["node"]["name"]).collect();
        assert_eq!(json!(all), json!(texts(&list["nodes"], "name")));
        assert_eq!(list["totalCount"], 5);
        let (start, end) = (&edges[0]["cursor"], &edges[4]["cursor"]);
        let info = json!({ "startCursor": start, "endCursor": end, "hasNextPage": false, "hasPreviousPage": false });
        assert_eq!(list["pageInfo"], info);
        for (index, edge) in edges.iter().enumerate() {
            let after = names(&shopper, &format!("(after: {}, sort: {{ field: PRICE }})", edge["cursor"])).await;
            assert_eq!(json!(after), json!(all[index + 1..]));
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_has_no_cursors() {
    on_both(async |app| {
        let query = "{ products { totalCount nodes { id } edges { cursor }
            pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }";

        let list = app.anonymous().query(query).await.at("/products").clone();

        let info = json!({ "startCursor": null, "endCursor": null, "hasNextPage": false, "hasPreviousPage": false });
        assert_eq!(list, json!({ "totalCount": 0, "nodes": [], "edges": [], "pageInfo": info }));
    })
    .await;
}

#[tokio::test]
async fn arguments_that_make_no_sense_are_refused() {
    on_both(async |app| {
        let owner = app.owner().await;
        seed(&owner, 3).await;
        let collection = fixture::collection(&owner, json!({})).await;
        let shopper = app.anonymous();
        let by_name = "{ products(first: 1, sort: { field: NAME }) { pageInfo { endCursor } } }";
        let cursor = shopper.query(by_name).await.at("/products/pageInfo/endCursor").clone();
        let wrong = [
            "first: 0".to_owned(),
            "first: 101".to_owned(),
            "first: -1".to_owned(),
            "last: 0".to_owned(),
            "last: 101".to_owned(),
            "last: -1".to_owned(),
            "first: 1, last: 1".to_owned(),
            format!("first: 1, before: {cursor}, sort: {{ field: NAME }}"),
            format!("after: {cursor}, before: {cursor}, sort: {{ field: NAME }}"),
            format!("before: {cursor}, sort: {{ field: NAME }}"),
            format!("after: {cursor}"),
            format!("after: {cursor}, sort: {{ field: PRICE }}"),
            format!("after: {cursor}, sort: {{ field: NAME, direction: DESC }}"),
            "after: \"nonsense\"".to_owned(),
            "after: \"\"".to_owned(),
        ];

        for arguments in wrong {
            let list = shopper.query(&format!("{{ products({arguments}) {{ nodes {{ id }} }} }}")).await;
            assert_eq!(list.code(), Some("BAD_USER_INPUT"), "{arguments}");

            let members = format!("{{ products({arguments}) {{ nodes {{ id }} }} }}");
            let query = format!("{{ node(id: \"{collection}\") {{ ... on Collection {members} }} }}");
            assert_eq!(shopper.query(&query).await.code(), Some("BAD_USER_INPUT"), "{arguments}");
        }
        let collections = format!("{{ collections(after: {cursor}) {{ nodes {{ id }} }} }}");
        assert_eq!(shopper.query(&collections).await.code(), Some("BAD_USER_INPUT"));
    })
    .await;
}

#[tokio::test]
async fn a_page_has_twenty_items_if_nothing_is_said_and_a_hundred_at_most() {
    on_both(async |app| {
        seed(&app.owner().await, 22).await;
        let shopper = app.anonymous();

        assert_eq!(names(&shopper, "").await.len(), 20);
        assert_eq!(names(&shopper, "(first: 100)").await.len(), 22);
        assert_eq!(names(&shopper, "(last: 100)").await.len(), 22);
    })
    .await;
}
