//! Codes: entered, made up, listed and removed.

use std::collections::BTreeSet;

use super::*;
use crate::support::on_both;

const CODES: &str = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { promotion(id: $id) {
    codes(first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { code } } } }";

fn codes(reply: &Reply, pointer: &str) -> Vec<String> {
    let nodes = reply.at(pointer).as_array().unwrap();
    nodes.iter().map(|node| node["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn codes_are_entered_once_in_the_shop_however_they_are_written() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        let reply = add(&staff, &id, json!({ "codes": [" Sommer-Grün ", "B_2"], "usageLimit": 3 })).await;
        assert_eq!(codes(&reply, "/promotionCodesAdd/codes"), ["Sommer-Grün", "B_2"]);
        assert_eq!(reply.at("/promotionCodesAdd/codes/0/usageLimit"), 3);
        assert_eq!(reply.at("/promotionCodesAdd/codes/0/useCount"), 0);

        let other = promotion(&staff, json!({ "needsCode": true })).await;
        let reply = add(&staff, &other, json!({ "codes": ["NEW", "SOMMER-GRUN", "b_2"] })).await;
        assert_eq!(reply.user_errors(), ["TAKEN input.codes.1", "TAKEN input.codes.2"]);
        assert!(reply.at("/promotionCodesAdd/codes").is_null());
        assert_eq!(read(&staff, &other, "codes { totalCount }").await["codes"]["totalCount"], 0);
        let history = fixture::history(app, &id).await;
        assert_eq!(history, ["1 promotion.created", "2 promotion.codes_changed"]);
        assert_eq!(fixture::history(app, &other).await, ["1 promotion.created"]);
        assert_eq!(read(&staff, &id, "version").await["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn codes_that_are_none_are_refused() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        let wrong = ["ab", &"x".repeat(41), "a b c", "", "abc!", "fine", "FINE"];
        let reply = add(&staff, &id, json!({ "codes": wrong, "usageLimit": 0 })).await;
        let mut expected = vec!["INVALID input.usageLimit".to_owned()];
        expected.extend((0..5).map(|index| format!("INVALID input.codes.{index}")));
        expected.push("TAKEN input.codes.6".to_owned());
        assert_eq!(reply.user_errors(), expected);

        let many = add(&staff, &id, json!({ "codes": vec!["abc"; 101] })).await;
        assert_eq!(many.user_errors(), ["TOO_LONG input.codes"]);
        assert_eq!(many.at("/promotionCodesAdd/userErrors/0/limit"), 100);
        let unknown = add(&staff, &fixture::unknown("promotion"), json!({ "codes": ["abc"] })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
        let automatic = promotion(&staff, json!({})).await;
        assert_eq!(add(&staff, &automatic, json!({ "codes": ["abc"] })).await.user_errors(), ["INVALID id"]);
        let generated = generate(&staff, &automatic, json!({ "count": 1 })).await;
        assert_eq!(generated.user_errors(), ["INVALID id"]);
        let none = add(&staff, &id, json!({ "codes": [] })).await;
        assert_eq!(none.at("/promotionCodesAdd/codes"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn codes_are_made_up() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        let input = json!({ "count": 1_000, "prefix": "Spring-", "length": 8, "usageLimit": 1 });

        let reply = generate(&staff, &id, input).await;

        let made: BTreeSet<_> = codes(&reply, "/promotionCodesGenerate/codes").into_iter().collect();
        assert_eq!(made.len(), 1_000);
        let is_readable = |code: &String| {
            let random = code.strip_prefix("Spring-").unwrap_or_default();
            random.len() == 8 && !random.contains(['0', 'O', '1', 'I', 'L'])
        };
        assert!(made.iter().all(is_readable));
        assert_eq!(reply.at("/promotionCodesGenerate/codes/999/usageLimit"), 1);
        assert_eq!(read(&staff, &id, "codes { totalCount }").await["codes"]["totalCount"], 1_000);
        let one = generate(&staff, &id, json!({ "count": 1 })).await;
        assert_eq!(codes(&one, "/promotionCodesGenerate/codes")[0].len(), 10);
    })
    .await;
}

#[tokio::test]
async fn what_is_made_up_has_its_limits() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        let wrong = json!({ "count": 1_001, "length": 7, "prefix": "a b", "usageLimit": -1 });
        let expected = ["count", "length", "usageLimit", "prefix"].map(|field| format!("INVALID input.{field}"));
        assert_eq!(generate(&staff, &id, wrong).await.user_errors(), expected);
        let wrong = json!({ "count": 0, "length": 17, "prefix": "x".repeat(21) });
        let expected = ["INVALID input.count", "INVALID input.length", "TOO_LONG input.prefix"];
        assert_eq!(generate(&staff, &id, wrong).await.user_errors(), expected);
        let unknown = generate(&staff, &fixture::unknown("promotion"), json!({ "count": 1 })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}

#[tokio::test]
async fn codes_come_in_pages_the_newest_first() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        for code in ["one", "two", "three"] {
            add(&staff, &id, json!({ "codes": [code] })).await.data();
        }

        let first = staff.run(CODES, json!({ "id": id, "first": 2 })).await;
        assert_eq!(codes(&first, "/promotion/codes/nodes"), ["three", "two"]);
        assert_eq!(first.at("/promotion/codes/totalCount"), 3);
        assert_eq!(first.at("/promotion/codes/pageInfo/hasNextPage"), true);
        let after = first.at("/promotion/codes/pageInfo/endCursor");
        let rest = staff.run(CODES, json!({ "id": id, "first": 2, "after": after })).await;
        assert_eq!(codes(&rest, "/promotion/codes/nodes"), ["one"]);
        let before = rest.at("/promotion/codes/pageInfo/startCursor");
        let back = staff.run(CODES, json!({ "id": id, "last": 1, "before": before })).await;
        assert_eq!(codes(&back, "/promotion/codes/nodes"), ["two"]);
        assert_eq!(back.at("/promotion/codes/pageInfo/hasPreviousPage"), true);
    })
    .await;
}

#[tokio::test]
async fn codes_are_removed_and_those_of_others_left_alone() {
    on_both(async |app| {
        let staff = staff(app).await;
        let id = promotion(&staff, json!({ "needsCode": true })).await;
        let reply = add(&staff, &id, json!({ "codes": ["one", "two"] })).await;
        let one = reply.text("/promotionCodesAdd/codes/0/id");
        let other = coded(&staff, "other", json!({})).await;
        let foreign = read(&staff, &other, "codes { nodes { id } }").await["codes"]["nodes"][0]["id"].clone();
        super::limits::used(app, &id, 1, json!({ "code": one })).await;
        let remove = "mutation($id: ID!, $codes: [ID!]!) { promotionCodesRemove(id: $id, codes: $codes) {
            promotion { useCount codes { nodes { code } } } userErrors { code message field limit } } }";

        let reply = staff.run(remove, json!({ "id": id, "codes": [one, foreign] })).await;

        let expected = json!({ "useCount": 1, "codes": { "nodes": [{ "code": "two" }] } });
        assert_eq!(reply.at("/promotionCodesRemove/promotion"), &expected);
        assert_eq!(read(&staff, &other, "codes { totalCount }").await["codes"]["totalCount"], 1);
        let events = fixture::history(app, &id).await.len();
        staff.run(remove, json!({ "id": id, "codes": [foreign] })).await.data();
        assert_eq!(fixture::history(app, &id).await.len(), events);
        let many = staff.run(remove, json!({ "id": id, "codes": vec![one; 101] })).await;
        assert_eq!(many.user_errors(), ["TOO_LONG codes"]);
        let unknown = staff.run(remove, json!({ "id": fixture::unknown("promotion"), "codes": [] })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}
