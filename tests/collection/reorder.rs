//! The order of a collection's members, as staff arrange it.

use futures::future::{join, join_all};
use serde_json::{Value, json};

use super::rules::{found_by, names};
use crate::support::{Client, Reply, TestApp, fixture, on_both, sql};

async fn reorder(owner: &Client, id: &str, moves: Value) -> Reply {
    let mutation = "mutation($id: ID!, $moves: [CollectionProductMoveInput!]!) {
        collectionProductsReorder(id: $id, moves: $moves) {
            collection { id } userErrors { code message field limit } } }";
    owner.run(mutation, json!({ "id": id, "moves": moves })).await
}

/// A collection of products that are named A, B, C and so on, with their ids.
async fn lettered(owner: &Client, count: usize) -> (String, Vec<String>) {
    let mut products = Vec::new();
    for letter in ('A'..).take(count) {
        products.push(fixture::product(owner, json!({ "name": letter.to_string() })).await);
    }
    (fixture::collection(owner, json!({ "products": products })).await, products)
}

fn step(product: &str, position: i32) -> Value {
    json!({ "product": product, "position": position })
}

async fn order(client: &Client, id: &str) -> String {
    names(client, id).await.concat()
}

/// Members whose place in the listing is not that in the collection.
async fn misplaced(app: &TestApp) -> i64 {
    let sql = "SELECT COUNT(*) FROM collection_product AS member
        LEFT JOIN collection_listing AS listing ON listing.collection_id = member.collection_id
        AND listing.product_id = member.product_id AND listing.position = member.position
        WHERE listing.product_id IS NULL";
    sql::number(app.app.db(), sql).await
}

#[tokio::test]
async fn each_move_counts_from_where_the_one_before_it_left_off() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 5).await;
        let [a, b, _, d, e] = [0, 1, 2, 3, 4].map(|n: usize| products[n].as_str());
        let cases = [
            (json!([step(e, 0)]), "EABCD"),
            (json!([step(e, 4)]), "ABCDE"),
            (json!([step(a, 1), step(b, 2)]), "ACBDE"),
            (json!([step(b, 1)]), "ABCDE"),
            (json!([step(d, 1), step(d, 0), step(a, 99)]), "DBCEA"),
            (json!([step(d, 3), step(e, 3), step(a, 0)]), "ABCDE"),
        ];

        for (moves, expected) in cases {
            let reply = reorder(&owner, &id, moves).await;

            assert!(reply.user_errors().is_empty(), "{}", reply.json);
            assert_eq!(order(&app.anonymous(), &id).await, expected);
            assert_eq!(misplaced(app).await, 0);
        }
        assert_eq!(fixture::history(app, &id).await.last().unwrap(), "7 collection.products_changed");
    })
    .await;
}

#[tokio::test]
async fn members_find_room_however_often_they_move() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 4).await;

        // Between the same two again and again: the gap is used up and the places are spread.
        for n in 0..30 {
            let product = &products[if n % 2 == 0 { 3 } else { 2 }];
            reorder(&owner, &id, json!([step(product, 1)])).await.data();
        }

        assert_eq!(order(&owner, &id).await, "ACDB");
        assert_eq!(misplaced(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn places_that_leave_no_gap_are_spread() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 4).await;
        let narrow = "UPDATE collection_product SET position = 7; UPDATE collection_listing SET position = 7";
        sql::execute(app.app.db(), narrow).await.unwrap();

        reorder(&owner, &id, json!([step(&products[3], 1)])).await.data();

        assert_eq!(order(&owner, &id).await, "ADBC");
        assert_eq!(misplaced(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn moves_that_change_nothing_leave_no_trace() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 3).await;

        reorder(&owner, &id, json!([])).await.data();
        reorder(&owner, &id, json!([step(&products[1], 1), step(&products[2], 0), step(&products[2], 2)])).await.data();

        assert_eq!(fixture::read(&owner, &id, "version").await["version"], 1);
        assert_eq!(fixture::history(app, &id).await, ["1 collection.created"]);
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_place_and_nobody_moves() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 3).await;
        let stranger = fixture::product(&owner, json!({ "name": "Stranger" })).await;
        let first = products[0].as_str();
        let found = found_by(&owner, "Found", "ALL", json!([{ "nameContains": "a" }])).await;
        let cases = [
            (id.clone(), json!([step(first, 2), step(&stranger, 0)]), vec!["NOT_FOUND moves.1.product"]),
            (id.clone(), json!([step(first, -1)]), vec!["INVALID moves.0.position"]),
            (
                id.clone(),
                json!([step(&fixture::unknown("product"), -1)]),
                vec!["NOT_FOUND moves.0.product", "INVALID moves.0.position"],
            ),
            (id.clone(), json!(vec![step(first, 1); 251]), vec!["TOO_LONG moves"]),
            (fixture::unknown("collection"), json!([step(first, 1)]), vec!["NOT_FOUND id"]),
            (found, json!([step(first, 1)]), vec!["INVALID id"]),
        ];

        for (id, moves, expected) in cases {
            assert_eq!(reorder(&owner, &id, moves).await.user_errors(), expected);
        }

        assert_eq!(order(&owner, &id).await, "ABC");
    })
    .await;
}

#[tokio::test]
async fn members_that_move_and_change_at_once_keep_their_new_places() {
    on_both(async |app| {
        let owner = app.owner().await;
        let (id, products) = lettered(&owner, 4).await;

        for round in 0..6 {
            let moves = (0..3).map(|n| reorder(&owner, &id, json!([step(&products[(round + n) % 4], 0)])));
            let changes = products.iter().map(|product| {
                let input = json!({ "description": format!("Round {round}") });
                fixture::update(&owner, "productUpdate", product, input)
            });
            let (moved, changed) = join(join_all(moves), join_all(changes)).await;

            assert!(moved.iter().chain(&changed).all(|reply| reply.user_errors().is_empty()));
            assert_eq!(misplaced(app).await, 0);
        }
    })
    .await;
}
