//! Gift cards pay what they can and make nothing cheaper.

use serde_json::{Value, json};

use super::{cart_with, problems, read, run, variant};
use crate::support::{Client, fixture, on_both};

/// A gift card of US dollars: its id and its code.
async fn card(owner: &Client, key: &str, amount: &str) -> (String, String) {
    let issue = "mutation($input: GiftCardIssueInput!) { giftCardIssue(input: $input) {
        giftCard { id } code userErrors { code message field } } }";
    let input = json!({ "idempotencyKey": key, "amount": { "amount": amount, "currency": "USD" } });
    let reply = owner.run(issue, json!({ "input": input })).await;
    (reply.text("/giftCardIssue/giftCard/id"), reply.text("/giftCardIssue/code"))
}

async fn pay(client: &Client, cart: &str, code: &str) -> crate::support::Reply {
    run(client, "cartGiftCardAdd", "id: $id, code: $code", json!({ "id": cart, "code": code })).await
}

async fn paid(client: &Client, cart: &str) -> Value {
    let query =
        format!("{{ cart(id: \"{cart}\") {{ giftCards {{ ending balance {{ amount }} pays {{ amount }} }} }} }}");
    client.query(&query).await.at("/cart/giftCards").clone()
}

#[tokio::test]
async fn cards_pay_in_their_order_until_nothing_is_due() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "40.00", 9).await;
        let (first, second) = (card(&owner, "1", "30").await, card(&owner, "2", "50").await);
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let one = pay(&client, &cart, &first.1.to_lowercase()).await;
        let both = pay(&client, &cart, &second.1).await;
        let again = pay(&client, &cart, &second.1).await;

        assert_eq!(one.at("/cartGiftCardAdd/cart/amountDue/amount"), "10.00");
        assert_eq!(both.at("/cartGiftCardAdd/cart/amountDue/amount"), "0.00");
        assert_eq!(both.at("/cartGiftCardAdd/cart/total/gross/amount"), "40.00");
        assert_eq!(again.user_errors(), [""; 0]);
        let pays: Vec<_> =
            paid(&client, &cart).await.as_array().unwrap().iter().map(|card| card["pays"].clone()).collect();
        assert_eq!(pays, [json!({ "amount": "30.00" }), json!({ "amount": "10.00" })]);
        let variables = json!({ "id": cart, "giftCard": first.0 });
        let less = run(&client, "cartGiftCardRemove", "id: $id, giftCard: $giftCard", variables).await;
        assert_eq!(less.at("/cartGiftCardRemove/cart/amountDue/amount"), "0.00");
        assert_eq!(paid(&client, &cart).await[0]["pays"]["amount"], "40.00");
    })
    .await;
}

#[tokio::test]
async fn a_card_that_cannot_pay_is_refused_and_one_that_is_disabled_later_is_a_problem() {
    on_both(async |app| {
        let owner = app.owner().await;
        let shirt = variant(&owner, "Shirt", "40.00", 9).await;
        let (id, code) = card(&owner, "1", "30").await;
        let client = app.anonymous();
        let cart = cart_with(&client, &shirt, 1).await;

        let unknown = pay(&client, &cart, "AAAA-BBBB-CCCC-DDDD").await;
        pay(&client, &cart, &code).await.data();
        let disable = "mutation($id: ID!) { giftCardDisable(id: $id) { userErrors { code message field } } }";
        owner.run(disable, json!({ "id": id })).await.data();

        assert_eq!(unknown.user_errors(), ["NOT_FOUND code"]);
        let cart = read(&client, &cart).await;
        assert!(problems(&cart).contains(&"GIFT_CARD_UNUSABLE"));
        assert_eq!(cart["amountDue"]["amount"], "40.00");
        assert_eq!(fixture::count::<tradepost::entity::gift_card::Entity>(app).await, 1);
    })
    .await;
}
