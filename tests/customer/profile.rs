//! What customers change of themselves.

use super::*;
use crate::support::{fixture, on_both};

const UPDATE: &str = "mutation($input: CustomerProfileUpdateInput!) { customerProfileUpdate(input: $input) {
    customer { firstName lastName phone language acceptsMarketing marketingChangedAt version }
    userErrors { code message field limit } } }";

async fn update(client: &Client, input: Value) -> Reply {
    client.run(UPDATE, json!({ "input": input })).await
}

#[tokio::test]
async fn what_is_given_changes_what_is_null_goes_and_the_rest_stays() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        update(&client, json!({ "firstName": "Ada", "lastName": "Byron", "phone": "+44 20 7946 0000" })).await.data();

        let reply = update(&client, json!({ "lastName": "Lovelace", "phone": null, "language": "fr" })).await;

        let customer = reply.at("/customerProfileUpdate/customer");
        assert_eq!((&customer["firstName"], &customer["lastName"]), (&json!("Ada"), &json!("Lovelace")));
        assert_eq!((&customer["phone"], &customer["language"]), (&Value::Null, &json!("fr")));
    })
    .await;
}

#[tokio::test]
async fn consent_to_marketing_is_kept_with_its_date() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        let given = update(&client, json!({ "acceptsMarketing": true })).await;
        let again = update(&client, json!({ "acceptsMarketing": true })).await;
        let taken_back = update(&client, json!({ "acceptsMarketing": false })).await;

        let at = |reply: &Reply| reply.text("/customerProfileUpdate/customer/marketingChangedAt");
        assert_eq!(at(&given), at(&again));
        assert!(at(&taken_back) > at(&given));
        assert_eq!(taken_back.at("/customerProfileUpdate/customer/acceptsMarketing"), false);
    })
    .await;
}

#[tokio::test]
async fn a_change_leaves_one_event_and_no_change_none() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let id = id(&client).await;
        let before = fixture::history(app, &id).await.len();

        update(&client, json!({ "firstName": "Ada" })).await.data();
        update(&client, json!({ "firstName": "Ada" })).await.data();

        let history = fixture::history(app, &id).await;
        assert_eq!(history.len(), before + 1);
        assert!(history.last().unwrap().ends_with("customer.updated"));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told_and_nothing_is_done() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        let reply = update(&client, json!({ "firstName": "x".repeat(101), "lastName": "L", "phone": "12" })).await;

        assert_eq!(reply.user_errors(), ["TOO_LONG input.firstName", "INVALID input.phone"]);
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/lastName"), "");
    })
    .await;
}

#[tokio::test]
async fn only_a_customer_has_a_profile_to_change() {
    on_both(async |app| {
        let input = json!({ "firstName": "Ada" });

        assert_eq!(update(&app.anonymous(), input.clone()).await.code(), Some("UNAUTHENTICATED"));
        assert_eq!(update(&app.owner().await, input).await.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn customers_see_themselves_and_nobody_else() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        let grace = customer(app, "grace@example.com").await;
        let hers = id(&grace).await;
        let node = "query($id: ID!) { node(id: $id) { id ... on Customer { email } } }";

        assert_eq!(ada.run(node, json!({ "id": hers })).await.at("/node"), &Value::Null);
        assert_eq!(app.anonymous().run(node, json!({ "id": hers })).await.at("/node"), &Value::Null);
        assert_eq!(grace.run(node, json!({ "id": hers })).await.text("/node/email"), "grace@example.com");
        let by_id = "query($id: ID!) { customer(id: $id) { email } }";
        assert_eq!(ada.run(by_id, json!({ "id": hers })).await.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn what_only_staff_may_know_is_refused_and_the_rest_is_told() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        for field in ["note", "externalId", "groups { name }", "privateMetadata { key }"] {
            let reply = client.query(&format!("{{ viewer {{ customer {{ email {field} }} }} }}")).await;
            assert_eq!(reply.code(), Some("FORBIDDEN"), "{field}");
            assert_eq!(reply.json["data"]["viewer"]["customer"]["email"], EMAIL);
        }
    })
    .await;
}
