//! How staff find cards, and page through what happened to them.

use super::*;
use crate::support::{on_both, statements};

const LIST: &str = "query($first: Int, $after: String, $filter: GiftCardFilter, $sort: GiftCardSort, $query: String) {
    giftCards(first: $first, after: $after, filter: $filter, sort: $sort, query: $query) {
        totalCount pageInfo { hasNextPage endCursor } nodes { note } } }";

async fn list(staff: &Client, variables: Value) -> String {
    let reply = staff.run(LIST, variables).await;
    let nodes = reply.at("/giftCards/nodes").as_array().unwrap().iter();
    let notes: Vec<_> = nodes.map(|node| node["note"].as_str().unwrap()).collect();
    assert_eq!(reply.at("/giftCards/totalCount").as_u64().unwrap(), notes.len() as u64);
    notes.join(" ")
}

#[tokio::test]
async fn cards_are_found_by_code_customer_currency_and_whether_they_pay() {
    on_both(async |app| {
        let owner = app.owner().await;
        let create = "mutation { customerCreate(input: { email: \"ada@example.com\" }) { customer { id } } }";
        let customer = owner.query(create).await.text("/customerCreate/customer/id");
        let yen = json!({ "amount": "5", "currency": "JPY" });
        let (_, code) = issued(&owner, json!({ "note": "a", "customer": customer, "externalId": "pos-1" })).await;
        issued(&owner, json!({ "note": "b", "amount": yen, "code": "SUMMER2026" })).await;
        let (disabled, _) = issued(&owner, json!({ "note": "c", "code": "WINTER2026" })).await;
        let (empty, _) = issued(&owner, json!({ "note": "d" })).await;
        let (expired, _) = issued(&owner, json!({ "note": "e", "expiresAt": "2099-01-01T00:00:00Z" })).await;
        switch(&owner, "giftCardDisable", &disabled).await.data();
        adjust(&owner, &empty, json!({ "change": "-50" })).await.data();
        let end = "UPDATE gift_card SET expires_at = created_at WHERE note = 'e'";
        sql::execute(app.app.db(), end).await.unwrap();
        assert_eq!(read(&owner, &expired).await["status"], "EXPIRED");

        for (variables, expected) in [
            (json!({}), "e d c b a"),
            (json!({ "sort": { "field": "CREATED_AT" } }), "a b c d e"),
            (json!({ "sort": { "field": "BALANCE" } }), "d b a c e"),
            (json!({ "filter": { "isUsable": true } }), "b a"),
            (json!({ "filter": { "isUsable": false } }), "e d c"),
            (json!({ "filter": { "currency": "JPY" } }), "b"),
            (json!({ "filter": { "customer": customer } }), "a"),
            (json!({ "filter": { "externalId": "pos-1" } }), "a"),
            (json!({ "filter": { "currency": "EUR", "isUsable": true } }), "a"),
            (json!({ "query": "2026" }), "c b"),
            (json!({ "query": "20-26" }), "c b"),
            (json!({ "query": "summer 2026" }), "b"),
            (json!({ "query": code.to_lowercase() }), "a"),
            (json!({ "query": &code[15..] }), "a"),
            (json!({ "query": "UMMER2026" }), ""),
            (json!({ "query": " " }), "e d c b a"),
        ] {
            assert_eq!(list(&owner, variables.clone()).await, expected, "{variables}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_whatever_they_are_sorted_by() {
    on_both(async |app| {
        let staff = staff(app).await;
        for note in ["a", "b", "c", "d", "e"] {
            issued(&staff, json!({ "note": note })).await;
        }

        for field in ["CREATED_AT", "BALANCE"] {
            for direction in ["ASC", "DESC"] {
                let (mut seen, mut after) = (String::new(), Value::Null);
                loop {
                    let sort = json!({ "field": field, "direction": direction });
                    let reply = staff.run(LIST, json!({ "first": 2, "after": after, "sort": sort })).await;
                    let nodes = reply.at("/giftCards/nodes").as_array().unwrap().iter();
                    seen.extend(nodes.map(|node| node["note"].as_str().unwrap()));
                    after = reply.at("/giftCards/pageInfo/endCursor").clone();
                    if reply.at("/giftCards/pageInfo/hasNextPage") == false {
                        break;
                    }
                }
                assert_eq!(seen, if direction == "ASC" { "abcde" } else { "edcba" }, "{field} {direction}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_entries_of_a_card_come_in_pages_from_either_end() {
    on_both(async |app| {
        let staff = staff(app).await;
        let (id, _) = issued(&staff, json!({})).await;
        for _ in 0..6 {
            adjust(&staff, &id, json!({})).await.data();
        }
        let page = async |arguments: &str| {
            let query = format!(
                "query($id: ID!) {{ giftCard(id: $id) {{ entries({arguments}) {{ totalCount nodes {{ sequence }}
                    pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }} }}"
            );
            let reply = staff.run(&query, json!({ "id": id })).await;
            let entries = reply.at("/giftCard/entries").clone();
            assert_eq!(entries["totalCount"], 7);
            let numbers = entries["nodes"].as_array().unwrap().iter();
            let numbers: Vec<_> = numbers.map(|node| node["sequence"].as_i64().unwrap()).collect();
            (numbers, entries["pageInfo"].clone())
        };

        let (first, info) = page("first: 3").await;
        assert_eq!(
            (first, &info["hasNextPage"], &info["hasPreviousPage"]),
            (vec![7, 6, 5], &json!(true), &json!(false))
        );
        let (second, info) = page(&format!("first: 4, after: {}", info["endCursor"])).await;
        assert_eq!((second, &info["hasNextPage"]), (vec![4, 3, 2, 1], &json!(false)));
        let (none, _) = page(&format!("first: 4, after: {}", info["endCursor"])).await;
        assert_eq!(none, [0; 0]);
        let (before, info) = page(&format!("last: 2, before: {}", info["startCursor"])).await;
        assert_eq!((before, &info["hasPreviousPage"]), (vec![6, 5], &json!(true)));
        let (last, info) = page("last: 3").await;
        assert_eq!(
            (last, &info["hasNextPage"], &info["hasPreviousPage"]),
            (vec![3, 2, 1], &json!(false), &json!(true))
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_costs_the_same_however_many_there_are() {
    on_both(async |app| {
        let owner = app.owner().await;
        let query = "{ giftCards(first: 50) { nodes { balance { amount } customer { email }
            entries(first: 5) { totalCount nodes { amount { amount } } } } } }";
        let mut counts = Vec::new();
        for index in 0..12 {
            issued(&owner, json!({})).await;
            if index == 1 || index == 11 {
                counts.push(statements::counted(&owner, query, json!({})).await.1);
            }
        }

        assert_eq!(counts[0], counts[1]);
    })
    .await;
}
