//! Who gets in, and what those learn who do not.

use http::StatusCode;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn every_failed_sign_in_answers_alike() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        register(app, json!({ "email": "new@example.com" })).await;
        let wrong = sign_in(app, EMAIL, "wrong horse battery").await;

        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input"]);
        for (email, password) in [
            ("nobody@example.com", PASSWORD),
            ("no address", PASSWORD),
            ("new@example.com", "wrong horse battery"),
            (EMAIL, ""),
        ] {
            forget_attempts(app).await;
            assert_eq!(sign_in(app, email, password).await.json, wrong.json, "{email}");
        }
    })
    .await;
}

#[tokio::test]
async fn failures_make_the_account_wait_and_success_clears_that() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        for _ in 0..2 {
            sign_in(app, EMAIL, "wrong horse battery").await;
        }

        let reply = sign_in(app, EMAIL, PASSWORD).await;

        assert_eq!(reply.user_errors(), ["THROTTLED input"]);
        assert!(reply.at("/customerSignIn/userErrors/0/retryAfter").as_i64().unwrap() >= 1);
        sql::execute(app.app.db(), "UPDATE sign_in_throttle SET free_at = 0").await.unwrap();
        signed_in(app, EMAIL).await;
        sign_in(app, EMAIL, "wrong horse battery").await;
        signed_in(app, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn customers_and_staff_are_two_things_though_the_address_is_one() {
    on_both(async |app| {
        verified(app, EMAIL).await;

        let as_staff = app.anonymous().sign_in(EMAIL, PASSWORD).await;

        assert_eq!(as_staff.user_errors(), ["INVALID_CREDENTIALS input"]);
        let (client, _) = signed_in(app, EMAIL).await;
        let reply = client.query("{ viewer { staffUser { id } permissions customer { email } } }").await;
        assert_eq!(reply.at("/viewer/staffUser"), &Value::Null);
        assert_eq!(reply.at("/viewer/permissions"), &json!([]));
        let reply = client.query("{ customers { nodes { id } } }").await;
        assert_eq!(reply.code(), Some("FORBIDDEN"));
        assert_eq!(reply.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_customer_sees_the_shop_as_shoppers_do() {
    on_both(async |app| {
        let owner = app.owner().await;
        let draft = crate::support::fixture::product(&owner, json!({ "status": "DRAFT" })).await;
        let client = customer(app, EMAIL).await;

        let reply = client.run("query($id: ID!) { node(id: $id) { id } }", json!({ "id": draft })).await;

        assert_eq!(reply.at("/node"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn who_was_shut_out_or_erased_is_not_there_any_more() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let (_, refresh) = signed_in(app, EMAIL).await;
        sql::execute(app.app.db(), "UPDATE customer SET is_active = false").await.unwrap();

        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input"]);
        let go_on = "mutation($input: SessionRefreshInput!) { sessionRefresh(input: $input) {
            session { accessToken } userErrors { code message field } } }";
        let reply = app.anonymous().run(go_on, json!({ "input": { "refreshToken": refresh } })).await;
        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        let update = "mutation { passwordChange(input: { currentPassword: \"x\", newPassword: \"y\" }) {
            isChanged userErrors { code message } } }";
        assert_eq!(client.query(update).await.code(), Some("UNAUTHENTICATED"));
    })
    .await;
}

#[tokio::test]
async fn reading_as_a_customer_costs_no_statement_for_the_token() {
    let app = TestApp::on_sqlite().await;
    let client = customer(&app, EMAIL).await;

    let query = "{ viewer { customer { email addresses { id } defaultShippingAddress { id } } } }";
    let (reply, statements) = crate::support::statements::counted(&client, query, json!({})).await;

    assert_eq!(reply.text("/viewer/customer/email"), EMAIL);
    assert_eq!(statements, 2);
}
