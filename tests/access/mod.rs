//! Signing in, staying signed in, and what a session may do.

mod crowd;
mod session;
mod sign_in;
mod throttle;
mod token;

use http::StatusCode;
use secrecy::SecretString;
use serde_json::json;
use tradepost::app::App;
use tradepost::auth::Actor;
use tradepost::staff::account::{RoleChoice, StaffUserCreate};

use crate::support::{Client, Reply, TestApp, sql};

const EMAIL: &str = "Ada.Lovelace@example.com";
const PASSWORD: &str = "correct horse battery";
const VIEWER: &str = "{ viewer { staffUser { email name } permissions } }";
const REFRESH: &str = "mutation($input: SessionRefreshInput!) { sessionRefresh(input: $input) {
    session { accessToken refreshToken } userErrors { code message field } } }";
const REVOKE: &str = "mutation { sessionRevoke { isRevoked userErrors { code message field } } }";

/// An owner whose address and password are known.
async fn account(app: &App) {
    let account = StaffUserCreate {
        email: EMAIL.to_owned(),
        name: "Ada Lovelace".to_owned(),
        password: SecretString::from(PASSWORD),
        role: RoleChoice::Owner,
    };
    app.staff.create(&Actor::System, account).await.unwrap();
}

fn with_token(app: &TestApp, token: impl Into<String>) -> Client {
    Client::new(app.router.clone(), Some(token.into()))
}

async fn refresh(app: &TestApp, token: &str) -> Reply {
    app.anonymous().run(REFRESH, json!({ "input": { "refreshToken": token } })).await
}

/// A refresh that must succeed: the new access and refresh token.
async fn refreshed(app: &TestApp, token: &str) -> (String, String) {
    let reply = refresh(app, token).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    (reply.text("/sessionRefresh/session/accessToken"), reply.text("/sessionRefresh/session/refreshToken"))
}

/// Signs in and gives the access and the refresh token.
async fn signed_in(app: &TestApp) -> (String, String) {
    let reply = app.anonymous().sign_in(EMAIL, PASSWORD).await;
    (reply.text("/staffSignIn/session/accessToken"), reply.text("/staffSignIn/session/refreshToken"))
}

/// Forgets all failures to sign in.
async fn forget_failures(app: &App) {
    sql::execute(app.db(), "DELETE FROM sign_in_throttle").await.unwrap();
}

/// Lets so many seconds pass since refresh tokens were used.
async fn wait(app: &TestApp, seconds: u32) {
    let micros = i64::from(seconds) * 1_000_000;
    sql::execute(app.app.db(), &format!("UPDATE refresh_token SET used_at = used_at - {micros}")).await.unwrap();
}

async fn is_signed_in(client: &Client) -> bool {
    let reply = client.query(VIEWER).await;
    match reply.status {
        StatusCode::OK => true,
        StatusCode::UNAUTHORIZED => false,
        status => panic!("{status} {}", reply.json),
    }
}

fn assert_refused(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}", reply.json);
    assert_eq!(reply.code(), Some("UNAUTHENTICATED"));
    assert!(reply.header("www-authenticate").unwrap().starts_with("Bearer"), "{:?}", reply.headers);
    assert!(reply.json.get("data").is_none(), "it was taken for an anonymous caller: {}", reply.json);
}
