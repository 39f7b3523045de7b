//! How an account gets another e-mail address.

use super::*;
use crate::support::on_both;

const REQUEST: &str = "mutation($input: EmailChangeRequestInput!) { emailChangeRequest(input: $input) {
    isAccepted userErrors { code message field retryAfter } } }";
const CHANGE: &str = "mutation($input: EmailChangeInput!) { emailChange(input: $input) {
    isChanged userErrors { code message field } } }";
const NEW: &str = "countess@example.com";

async fn request(app: &TestApp, client: &Client, email: &str, password: &str) -> Reply {
    forget_attempts(app).await;
    client.run(REQUEST, json!({ "input": { "email": email, "password": password } })).await
}

async fn change(app: &TestApp, token: &str) -> Reply {
    app.anonymous().run(CHANGE, json!({ "input": { "token": token } })).await
}

#[tokio::test]
async fn the_old_address_stays_in_force_until_the_new_one_is_proved() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        assert_eq!(request(app, &client, NEW, PASSWORD).await.user_errors(), [""; 0]);

        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/email"), EMAIL);
        signed_in(app, EMAIL).await;
        let token = link(app, TokenPurpose::EmailChange).await;
        assert_eq!(change(app, &token).await.at("/emailChange/isChanged"), true);
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/email"), NEW);
        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input"]);
        signed_in(app, NEW).await;
        assert_eq!((mails(app, "email_change").await, mails(app, "email_changed").await), (1, 1));
        assert_eq!(change(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        assert_eq!(request(app, &client, "nobody", PASSWORD).await.user_errors(), ["INVALID input.email"]);
        assert_eq!(request(app, &client, EMAIL, PASSWORD).await.user_errors(), ["INVALID input.email"]);
        let wrong = request(app, &client, NEW, "wrong horse battery").await;
        assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input.password"]);
        assert_eq!(request(app, &app.anonymous(), NEW, PASSWORD).await.code(), Some("UNAUTHENTICATED"));
        assert_eq!(mails(app, "email_change").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_of_somebody_else_is_not_told_to_be_one() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        verified(app, "grace@example.com").await;

        let taken = request(app, &ada, "grace@example.com", PASSWORD).await;
        let free = request(app, &ada, NEW, PASSWORD).await;

        assert_eq!(taken.json, free.json);
        assert_eq!((mails(app, "email_change").await, mails(app, "already_registered").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_is_refused() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        request(app, &ada, NEW, PASSWORD).await;
        let token = link(app, TokenPurpose::EmailChange).await;
        verified(app, NEW).await;

        let reply = change(app, &token).await;

        assert_eq!(reply.user_errors(), ["TAKEN input.token"]);
        assert_eq!(ada.query(VIEWER).await.text("/viewer/customer/email"), EMAIL);
    })
    .await;
}

#[tokio::test]
async fn a_change_ends_links_that_went_to_the_old_address() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        let ask = "mutation { passwordResetRequest(input: { email: \"ada.lovelace@example.com\" }) {
            isAccepted userErrors { code message } } }";
        app.anonymous().query(ask).await.data();
        let old = link(app, TokenPurpose::PasswordReset).await;
        request(app, &ada, NEW, PASSWORD).await;
        change(app, &link(app, TokenPurpose::EmailChange).await).await.data();

        let reset = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
            isReset userErrors { code message field } } }";
        let reply = app.anonymous().run(reset, json!({ "input": { "token": old, "password": PASSWORD } })).await;

        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.token"]);
    })
    .await;
}
