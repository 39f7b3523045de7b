//! Customers: how they come in, what they see and change of themselves, and what staff do.

mod addresses;
mod email;
mod erasure;
mod groups;
mod mail;
mod password;
mod profile;
mod race;
mod registration;
mod sessions;
mod sign_in;
mod staff;

use serde_json::{Value, json};
use tradepost::entity::account_token;
use tradepost::entity::token_purpose::TokenPurpose;

use crate::support::{Client, Reply, TestApp, sql};

pub const EMAIL: &str = "Ada.Lovelace@example.com";
pub const PASSWORD: &str = "correct horse battery";
const REGISTER: &str = "mutation($input: CustomerRegisterInput!) { customerRegister(input: $input) {
    isAccepted userErrors { code message field limit retryAfter } } }";
const VERIFY: &str = "mutation($input: CustomerVerifyInput!) { customerVerify(input: $input) {
    session { accessToken } userErrors { code message field } } }";
const SIGN_IN: &str = "mutation($input: CustomerSignInInput!) { customerSignIn(input: $input) {
    session { accessToken refreshToken expiresAt } userErrors { code message field retryAfter } } }";
pub const VIEWER: &str = "{ viewer { customer { id email firstName lastName phone language status acceptsMarketing
    marketingChangedAt version addresses { id isDefaultShipping isDefaultBilling address { line1 city } } } } }";

pub async fn register(app: &TestApp, input: Value) -> Reply {
    let mut whole = json!({ "email": EMAIL, "password": PASSWORD });
    for (key, value) in input.as_object().unwrap() {
        whole[key] = value.clone();
    }
    forget_attempts(app).await;
    app.anonymous().run(REGISTER, json!({ "input": whole })).await
}

pub async fn verify(app: &TestApp, token: &str) -> Reply {
    verify_with(app, token, PASSWORD).await
}

pub async fn verify_with(app: &TestApp, token: &str, password: &str) -> Reply {
    app.anonymous().run(VERIFY, json!({ "input": { "token": token, "password": password } })).await
}

pub async fn sign_in(app: &TestApp, email: &str, password: &str) -> Reply {
    app.anonymous().run(SIGN_IN, json!({ "input": { "email": email, "password": password } })).await
}

/// What the newest link of a purpose carries, as its mail has it.
pub async fn link(app: &TestApp, purpose: TokenPurpose) -> String {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let newest = account_token::Entity::find()
        .filter(account_token::Column::Purpose.eq(purpose))
        .order_by_desc(account_token::Column::Id)
        .one(app.app.db().reader())
        .await
        .unwrap();
    app.app.links.tokens().write(newest.unwrap().id).unwrap()
}

/// Registers and verifies an address; nobody is signed in then.
pub async fn verified(app: &TestApp, email: &str) {
    assert_eq!(register(app, json!({ "email": email })).await.user_errors(), [""; 0]);
    let reply = verify(app, &link(app, TokenPurpose::Verification).await).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    let session = Client::new(app.router.clone(), Some(reply.text("/customerVerify/session/accessToken")));
    session.query("mutation { sessionRevoke { userErrors { code message } } }").await.data();
}

/// Signs in, and gives the access and the refresh token.
pub async fn signed_in(app: &TestApp, email: &str) -> (Client, String) {
    let reply = sign_in(app, email, PASSWORD).await;
    assert_eq!(reply.user_errors(), [""; 0]);
    let access = reply.text("/customerSignIn/session/accessToken");
    (Client::new(app.router.clone(), Some(access)), reply.text("/customerSignIn/session/refreshToken"))
}

/// A customer who has signed in.
pub async fn customer(app: &TestApp, email: &str) -> Client {
    verified(app, email).await;
    signed_in(app, email).await.0
}

/// The id of a customer who has signed in.
pub async fn id(client: &Client) -> String {
    client.query("{ viewer { customer { id } } }").await.text("/viewer/customer/id")
}

/// Forgets all attempts that make later ones wait.
pub async fn forget_attempts(app: &TestApp) {
    sql::execute(app.app.db(), "DELETE FROM sign_in_throttle").await.unwrap();
}

/// How many mails of a name are to be sent, or were.
pub async fn mails(app: &TestApp, name: &str) -> i64 {
    sql::number(app.app.db(), &format!("SELECT COUNT(*) FROM job WHERE kind = 'mail.{name}'")).await
}

/// Lets the links' time be over.
pub async fn expire_links(app: &TestApp) {
    sql::execute(app.app.db(), "UPDATE account_token SET expires_at = created_at").await.unwrap();
}
