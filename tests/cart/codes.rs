//! Codes: which are taken, which refused, and which give way.

use serde_json::{Value, json};

use super::{add_codes, cart_with, problems, promotion, read, run, variant};
use crate::support::{Client, fixture, on_both, sql};

/// A promotion of so many percent off the order for a code.
async fn coded(owner: &Client, code: &str, percentage: &str, change: Value) -> String {
    let channel = owner.query("{ channels { id } }").await.text("/channels/0/id");
    let base = json!({ "name": code, "channels": [channel], "needsCode": true,
        "action": { "order": { "discount": { "percentage": percentage } } } });
    let id = promotion(owner, fixture::with(base, change)).await;
    let add = "mutation($id: ID!, $input: PromotionCodesAddInput!) { promotionCodesAdd(id: $id, input: $input) {
        userErrors { code message field } } }";
    assert_eq!(owner.run(add, json!({ "id": id, "input": { "codes": [code] } })).await.user_errors(), [""; 0]);
    id
}

#[tokio::test]
async fn a_code_takes_off_what_its_promotion_says_in_any_case() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "9.99", 9).await;
        coded(&owner, "SUMMER-10", "10", json!({})).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 3).await;

        let reply = add_codes(&client, &cart, &["summer-10", "Summer-10"]).await;

        // 3 × 9.99 = 29.97, of which 10 % are 2.997, rounded 3.00.
        let priced = reply.at("/cartCodesAdd/cart");
        assert_eq!(priced["codes"], json!([{ "code": "summer-10", "isApplied": true }]));
        assert_eq!(priced["discount"]["amount"], "3.00");
        assert_eq!(priced["total"]["gross"]["amount"], "26.97");
        let discount = &priced["lines"][0]["cost"]["discounts"][0];
        assert_eq!((&discount["amount"]["amount"], &discount["isOfOrder"]), (&json!("3.00"), &json!(true)));
        let removed =
            run(&client, "cartCodesRemove", "id: $id, codes: $codes", json!({ "id": cart, "codes": ["SUMMER-10"] }));
        assert_eq!(removed.await.at("/cartCodesRemove/cart/total/gross/amount"), "29.97");
    })
    .await;
}

#[tokio::test]
async fn a_code_that_gives_nothing_is_refused_with_its_reason() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "10.00", 9).await;
        let hundred = json!({ "conditions": { "subtotalFrom": [{ "amount": "100", "currency": "USD" }] } });
        coded(&owner, "BIG", "10", hundred).await;
        coded(&owner, "OVER", "10", json!({ "endsAt": "2020-01-01T00:00:00Z" })).await;
        coded(&owner, "SOON", "10", json!({ "startsAt": "2100-01-01T00:00:00Z" })).await;
        let used = coded(&owner, "USED", "10", json!({ "usageLimit": 1 })).await;
        sql::execute(
            app.app.db(),
            "INSERT INTO promotion_use (id, promotion_id, created_at) SELECT id, id, 1 FROM promotion WHERE name = 'USED'",
        )
        .await
        .unwrap();
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        assert!(!used.is_empty());
        for (code, expected) in [
            ("NOBODY", "NOT_FOUND codes.0"),
            ("BIG", "CODE_NOT_APPLICABLE codes.0"),
            ("OVER", "CODE_EXPIRED codes.0"),
            ("SOON", "CODE_EXPIRED codes.0"),
            ("USED", "CODE_USED_UP codes.0"),
        ] {
            let reply = add_codes(&client, &cart, &[code]).await;
            assert_eq!(reply.user_errors(), [expected], "{code}");
            assert_eq!(reply.at("/cartCodesAdd/cart/codes"), &json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_that_stops_applying_gives_nothing_and_is_a_problem() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "10.00", 9).await;
        let two = json!({ "conditions": { "quantityFrom": 2 } });
        coded(&owner, "TWO", "10", two).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 2).await;
        add_codes(&client, &cart, &["TWO"]).await.data();

        let line = read(&client, &cart).await["lines"][0]["id"].clone();
        let fewer = super::update_lines(&client, &cart, json!([{ "id": line, "quantity": 1 }])).await;

        let cart = fewer.at("/cartLinesUpdate/cart");
        assert_eq!(cart["total"]["gross"]["amount"], "10.00");
        assert!(problems(cart).contains(&"CODE_NOT_APPLICABLE"), "{:?}", problems(cart));
        assert_eq!(cart["codes"][0]["isApplied"], false);
    })
    .await;
}

#[tokio::test]
async fn a_code_that_may_not_stack_replaces_the_other_and_the_payload_says_so() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "100.00", 9).await;
        coded(&owner, "TEN", "10", json!({})).await;
        coded(&owner, "ALONE", "5", json!({ "stacking": "EXCLUSIVE" })).await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;
        add_codes(&client, &cart, &["TEN"]).await.data();

        let mutation = "mutation($id: ID!) { cartCodesAdd(id: $id, codes: [\"ALONE\"]) {
            cart { codes { code } total { gross { amount } } } replacedCodes userErrors { code message field } } }";
        let reply = client.run(mutation, json!({ "id": cart })).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(reply.at("/cartCodesAdd/replacedCodes"), &json!(["TEN"]));
        assert_eq!(reply.at("/cartCodesAdd/cart/codes"), &json!([{ "code": "ALONE" }]));
        assert_eq!(reply.at("/cartCodesAdd/cart/total/gross/amount"), "95.00");
    })
    .await;
}
