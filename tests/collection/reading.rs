//! What clients read of collections.

use serde_json::{Value, json};

use crate::support::{Client, fixture, on_both};

async fn names(client: &Client, arguments: &str) -> Vec<Value> {
    let reply = client.query(&format!("{{ collections{arguments} {{ nodes {{ name }} }} }}")).await;
    reply.at("/collections/nodes").as_array().unwrap().iter().map(|node| node["name"].clone()).collect()
}

#[tokio::test]
async fn drafts_and_archived_ones_are_there_for_staff_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        let parent = fixture::collection(&owner, json!({ "name": "Top" })).await;
        for status in ["DRAFT", "ARCHIVED"] {
            let hidden =
                fixture::collection(&owner, json!({ "name": status, "status": status, "parent": parent })).await;
            let child = fixture::collection(&owner, json!({ "name": format!("In {status}"), "parent": hidden })).await;
            let slug = status.to_lowercase();
            let query = format!("{{ collectionBySlug(slug: \"{slug}\") {{ name }} }}");

            let shopper = app.anonymous();
            assert!(fixture::read(&shopper, &hidden, "name").await.is_null());
            assert!(shopper.query(&query).await.at("/collectionBySlug").is_null());
            assert!(fixture::read(&shopper, &child, "parent { name }").await["parent"].is_null());
            assert_eq!(fixture::read(&owner, &hidden, "name").await["name"], status);
            assert_eq!(owner.query(&query).await.at("/collectionBySlug/name"), status);
            assert_eq!(fixture::read(&owner, &child, "parent { name }").await["parent"]["name"], status);
        }

        let fields = "children { name }";
        assert_eq!(fixture::read(&app.anonymous(), &parent, fields).await["children"], json!([]));
        assert_eq!(fixture::read(&owner, &parent, fields).await["children"].as_array().unwrap().len(), 2);
        assert_eq!(names(&app.anonymous(), "(filter: { status: DRAFT })").await, Vec::<Value>::new());
        assert_eq!(names(&owner, "(filter: { status: DRAFT })").await, ["DRAFT"]);
        let count = app.anonymous().query("{ collections { totalCount } }").await;
        assert_eq!(count.at("/collections/totalCount"), 3);
    })
    .await;
}

#[tokio::test]
async fn filters_narrow_the_list() {
    on_both(async |app| {
        let owner = app.owner().await;
        let top = fixture::collection(&owner, json!({ "name": "Top", "externalId": "e" })).await;
        fixture::collection(&owner, json!({ "name": "Part", "parent": top })).await;
        fixture::collection(&owner, json!({ "name": "Other" })).await;

        let cases = [
            ("(filter: { isTopLevel: true })".to_owned(), vec!["Top", "Other"]),
            ("(filter: { isTopLevel: false })".to_owned(), vec!["Part"]),
            (format!("(filter: {{ parent: \"{top}\" }})"), vec!["Part"]),
            ("(filter: { externalId: \"e\" })".to_owned(), vec!["Top"]),
            ("(filter: {})".to_owned(), vec!["Top", "Part", "Other"]),
            (format!("(filter: {{ parent: \"{top}\", isTopLevel: true }})"), vec![]),
        ];
        for (arguments, expected) in cases {
            assert_eq!(names(&owner, &arguments).await, expected, "{arguments}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_in_the_shops_order_give_each_once_both_ways() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut all = Vec::new();
        for n in 0..11 {
            let name = format!("Collection {}", (n * 7) % 11);
            fixture::collection(&owner, json!({ "name": name })).await;
            all.push(json!(name));
        }
        let shopper = app.anonymous();
        let page = async |arguments: String| {
            let fields = "nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }";
            let reply = shopper.query(&format!("{{ collections({arguments}) {{ {fields} }} }}")).await;
            let page = reply.at("/collections").clone();
            let names: Vec<Value> = page["nodes"].as_array().unwrap().iter().map(|node| node["name"].clone()).collect();
            (names, page["pageInfo"].clone())
        };

        let (mut forward, mut info) = page("first: 4".to_owned()).await;
        while info["hasNextPage"] == true {
            let (names, next) = page(format!("first: 4, after: {}", info["endCursor"])).await;
            forward.extend(names);
            info = next;
        }
        let (mut backward, mut info) = page("last: 4".to_owned()).await;
        while info["hasPreviousPage"] == true {
            let (names, next) = page(format!("last: 4, before: {}", info["startCursor"])).await;
            backward.splice(0..0, names);
            info = next;
        }

        assert_eq!(forward, all);
        assert_eq!(backward, all);
    })
    .await;
}

#[tokio::test]
async fn the_page_of_members_passes_over_what_a_shopper_may_not_see() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut products = Vec::new();
        for n in 0..9 {
            let status = if n % 3 == 1 { "DRAFT" } else { "ACTIVE" };
            let name = format!("P{n}");
            products.push(fixture::product(&owner, json!({ "name": name, "status": status })).await);
        }
        let id = fixture::collection(&owner, json!({ "products": products })).await;
        let pages = async |client: &Client| {
            let (mut all, mut after) = (Vec::new(), Value::Null);
            loop {
                let fields = format!(
                    "products(first: 2, after: {after}) {{ totalCount nodes {{ name }} pageInfo {{ endCursor hasNextPage }} }}"
                );
                let page = fixture::read(client, &id, &fields).await["products"].clone();
                let nodes = page["nodes"].as_array().unwrap();
                all.extend(nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()));
                if page["pageInfo"]["hasNextPage"] == false {
                    return (all, page["totalCount"].as_u64().unwrap());
                }
                assert_eq!(nodes.len(), 2, "no page but the last is short");
                after = page["pageInfo"]["endCursor"].clone();
            }
        };

        let seen = ["P0", "P2", "P3", "P5", "P6", "P8"].map(str::to_owned).to_vec();
        assert_eq!(pages(&app.anonymous()).await, (seen, 6));
        let (all, count) = pages(&owner).await;
        assert_eq!((all.len(), count), (9, 9));
    })
    .await;
}

#[tokio::test]
async fn members_can_be_sorted_otherwise() {
    on_both(async |app| {
        let owner = app.owner().await;
        let mut products = Vec::new();
        for (name, price) in [("B", "3"), ("C", "1"), ("A", "2")] {
            let input = json!({ "name": name, "variants": [{ "price": price }] });
            products.push(fixture::product(&owner, input).await);
        }
        let id = fixture::collection(&owner, json!({ "products": products })).await;
        let cases = [
            ("", ["B", "C", "A"]),
            ("(last: 3)", ["B", "C", "A"]),
            ("(sort: { field: NAME })", ["A", "B", "C"]),
            ("(sort: { field: NAME, direction: DESC })", ["C", "B", "A"]),
            ("(sort: { field: PRICE })", ["C", "A", "B"]),
            ("(sort: { field: CREATED_AT, direction: DESC })", ["A", "C", "B"]),
        ];

        for (arguments, expected) in cases {
            let read =
                fixture::read(&app.anonymous(), &id, &format!("products{arguments} {{ nodes {{ name }} }}")).await;

            let names: Vec<&Value> = read["products"]["nodes"].as_array().unwrap().iter().map(|n| &n["name"]).collect();
            assert_eq!(names, expected, "{arguments}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_only_staff_may_know_is_guarded() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::collection(&owner, json!({ "externalId": "e" })).await;
        for field in ["externalId", "privateMetadata { key }"] {
            let reply = app.anonymous().query(&format!("{{ collections {{ nodes {{ name {field} }} }} }}")).await;

            assert_eq!(reply.code(), Some("UNAUTHENTICATED"), "{field}");
            assert_eq!(reply.json["data"]["collections"]["nodes"][0]["name"], "Shirts", "the rest is answered");
        }
    })
    .await;
}
