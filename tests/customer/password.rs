//! Passwords: changed by who knows one, and set anew by who has lost it.

use std::time::Instant;

use super::*;
use crate::support::on_both;

const CHANGE: &str = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
    isChanged userErrors { code message field retryAfter } } }";
const REQUEST: &str = "mutation($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) {
    isAccepted userErrors { code message field retryAfter } } }";
const RESET: &str = "mutation($input: PasswordResetInput!) { passwordReset(input: $input) {
    isReset userErrors { code message field } } }";
const NEW: &str = "staple of the battery";

async fn change(client: &Client, current: &str, new: &str) -> Reply {
    client.run(CHANGE, json!({ "input": { "currentPassword": current, "newPassword": new } })).await
}

async fn request(app: &TestApp, email: &str) -> Reply {
    forget_attempts(app).await;
    app.anonymous().run(REQUEST, json!({ "input": { "email": email } })).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Reply {
    app.anonymous().run(RESET, json!({ "input": { "token": token, "password": password } })).await
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions_and_is_told_by_mail() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (here, own) = signed_in(app, EMAIL).await;
        let (_, other) = signed_in(app, EMAIL).await;

        let reply = change(&here, PASSWORD, NEW).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(sign_in(app, EMAIL, PASSWORD).await.user_errors(), ["INVALID_CREDENTIALS input"]);
        assert_eq!(sign_in(app, EMAIL, NEW).await.user_errors(), [""; 0]);
        let go_on = "mutation($t: String!) { sessionRefresh(input: { refreshToken: $t }) {
            session { accessToken } userErrors { code message field } } }";
        let refresh = async |token: &str| app.anonymous().run(go_on, json!({ "t": token })).await.user_errors();
        assert_eq!(refresh(&own).await, [""; 0]);
        assert_eq!(refresh(&other).await, ["INVALID_CREDENTIALS input.refreshToken"]);
        assert_eq!(mails(app, "password_changed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_present_password_is_refused_and_makes_the_next_attempt_wait() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;

        for _ in 0..2 {
            let wrong = change(&client, "wrong horse battery", NEW).await;
            assert_eq!(wrong.user_errors(), ["INVALID_CREDENTIALS input.currentPassword"]);
        }

        assert_eq!(change(&client, PASSWORD, NEW).await.user_errors(), ["THROTTLED input"]);
        forget_attempts(app).await;
        assert_eq!(
            change(&client, PASSWORD, "12345678").await.user_errors(),
            ["PASSWORD_TOO_COMMON input.newPassword"]
        );
        assert_eq!(change(&client, PASSWORD, "short").await.user_errors(), ["INVALID input.newPassword"]);
        assert_eq!(change(&app.anonymous(), PASSWORD, NEW).await.code(), Some("UNAUTHENTICATED"));
        signed_in(app, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_password_is_set_anew_by_a_link_that_works_once() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (_, session) = signed_in(app, EMAIL).await;
        assert_eq!(request(app, "ada.lovelace@example.com").await.user_errors(), [""; 0]);
        assert_eq!(mails(app, "password_reset").await, 1);
        let token = link(app, TokenPurpose::PasswordReset).await;
        assert_eq!(reset(app, &token, "12345678").await.user_errors(), ["PASSWORD_TOO_COMMON input.password"]);

        let reply = reset(app, &token, NEW).await;

        assert_eq!(reply.at("/passwordReset/isReset"), true);
        assert_eq!(reset(app, &token, "another good one").await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        assert_eq!(sign_in(app, EMAIL, NEW).await.user_errors(), [""; 0]);
        let go_on = "mutation($t: String!) { sessionRefresh(input: { refreshToken: $t }) {
            session { accessToken } userErrors { code message field } } }";
        let refreshed = app.anonymous().run(go_on, json!({ "t": session })).await;
        assert_eq!(refreshed.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        assert_eq!(mails(app, "password_changed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn only_the_last_link_counts_and_not_for_ever() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        request(app, EMAIL).await;
        let first = link(app, TokenPurpose::PasswordReset).await;
        request(app, EMAIL).await;
        let second = link(app, TokenPurpose::PasswordReset).await;

        assert_eq!(reset(app, &first, NEW).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        expire_links(app).await;
        assert_eq!(reset(app, &second, NEW).await.user_errors(), ["INVALID_CREDENTIALS input.token"]);
        signed_in(app, EMAIL).await;
    })
    .await;
}

#[tokio::test]
async fn asking_tells_nothing_of_who_has_an_account() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let mut times = Vec::new();
        let mut ask = async |email: &str| {
            let began = Instant::now();
            let reply = request(app, email).await;
            times.push(began.elapsed().as_millis());
            reply.json
        };

        let known = ask(EMAIL).await;
        let unknown = ask("nobody@example.com").await;

        assert_eq!(known, unknown);
        assert_eq!(mails(app, "password_reset").await, 1);
        assert_eq!(request(app, "no address").await.user_errors(), ["INVALID input.email"]);
        assert!(times.iter().all(|time| *time >= 250), "{times:?}");
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_yet_gets_one_by_the_link_which_proves_the_address() {
    on_both(async |app| {
        let staff = app.staff(&[tradepost::auth::Permission::CustomerWrite]).await;
        let create = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) {
            customer { id } userErrors { code message field } } }";
        staff.run(create, json!({ "input": { "email": EMAIL } })).await.data();
        assert_eq!(sign_in(app, EMAIL, "").await.user_errors(), ["INVALID_CREDENTIALS input"]);

        request(app, EMAIL).await;
        reset(app, &link(app, TokenPurpose::PasswordReset).await, PASSWORD).await.data();

        let (client, _) = signed_in(app, EMAIL).await;
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/status"), "ACTIVE");
    })
    .await;
}

#[tokio::test]
async fn staff_set_a_lost_password_anew_the_same_way() {
    on_both(async |app| {
        let owner = app.owner().await;
        let email = owner.query("{ viewer { staffUser { email } } }").await.text("/viewer/staffUser/email");
        let ask = json!({ "input": { "email": email, "account": "STAFF" } });
        assert_eq!(app.anonymous().run(REQUEST, ask).await.user_errors(), [""; 0]);

        let reply = reset(app, &link(app, TokenPurpose::PasswordReset).await, NEW).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        assert_eq!(app.anonymous().sign_in(&email, NEW).await.user_errors(), [""; 0]);
        assert_eq!(owner.query("{ viewer { permissions } }").await.code(), Some("UNAUTHENTICATED"));
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_links_that_were_asked_for_with_the_old_one() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        let ask = "mutation($input: EmailChangeRequestInput!) { emailChangeRequest(input: $input) {
            isAccepted userErrors { code message } } }";
        let input = json!({ "email": "evil@example.com", "password": PASSWORD });
        client.run(ask, json!({ "input": input })).await.data();
        let evil = link(app, TokenPurpose::EmailChange).await;

        change(&client, PASSWORD, NEW).await.data();

        let follow = "mutation($t: String!) { emailChange(input: { token: $t }) {
            isChanged userErrors { code message field } } }";
        let reply = app.anonymous().run(follow, json!({ "t": evil })).await;
        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.token"]);
    })
    .await;
}

#[tokio::test]
async fn nobody_who_fails_to_sign_in_keeps_the_person_from_changing_the_password() {
    on_both(async |app| {
        let client = customer(app, EMAIL).await;
        for _ in 0..3 {
            sign_in(app, EMAIL, "wrong horse battery").await;
        }

        assert_eq!(change(&client, PASSWORD, NEW).await.user_errors(), [""; 0]);
    })
    .await;
}
