//! What an access token is good for, and which one is good for nothing.

use std::time::Duration;

use axum::body::Body;
use http::Request;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tradepost::auth::Permission;
use tradepost::entity::{role_permission, staff_user_role};

use super::*;
use crate::support::{config, on_both};

#[tokio::test]
async fn a_bad_token_is_refused_and_never_taken_for_an_anonymous_caller() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, token) = signed_in(app).await;
        let (rest, signature) = access.rsplit_once('.').unwrap();
        let (header, claims) = rest.split_once('.').unwrap();
        let other = app.owner().await.token().to_owned();
        let others_claims = other.split('.').nth(1).unwrap();

        for bad in [
            "nonsense",
            "a.b.c",
            &format!("{rest}."),
            &format!("{rest}.{}", signature.chars().rev().collect::<String>()),
            &format!("{header}.{others_claims}.{signature}"),
            &format!(".{claims}.{signature}"),
            &access[..access.len() - 1],
            token.as_str(),
        ] {
            assert_refused(&with_token(app, bad).query(VIEWER).await);
        }
    })
    .await;
}

#[tokio::test]
async fn an_authorization_header_that_is_not_understood_is_refused() {
    let app = TestApp::on_sqlite().await;
    let token = app.owner().await.token().to_owned();

    for header in ["Basic YTpi", "Bearer", &format!("Token {token}"), &token] {
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("authorization", header)
            .body(Body::from(json!({ "query": VIEWER }).to_string()));
        assert_refused(&app.anonymous().send(request.unwrap()).await);
    }
}

#[tokio::test]
async fn a_token_of_another_secret_is_refused() {
    let app = TestApp::on_sqlite().await;
    account(&app.app).await;
    let (_, foreign) = app.sibling(&["--auth-secret", "a secret that this server has never heard of"]).await;
    let reply = Client::new(foreign, None).sign_in(EMAIL, PASSWORD).await;

    assert_refused(&with_token(&app, reply.text("/staffSignIn/session/accessToken")).query(VIEWER).await);
}

#[tokio::test]
async fn a_token_of_the_previous_secret_still_counts() {
    let app = TestApp::on_sqlite().await;
    account(&app.app).await;
    let (access, _) = signed_in(&app).await;
    let (secret, previous) = ("the secret that comes after, long enough too", "a secret of tests that is long enough");

    let (_, next) = app.sibling(&["--auth-secret", secret, "--auth-secret-previous", previous]).await;

    assert!(is_signed_in(&Client::new(next.clone(), Some(access))).await);
    let reply = Client::new(next, None).sign_in(EMAIL, PASSWORD).await;
    assert_refused(&with_token(&app, reply.text("/staffSignIn/session/accessToken")).query(VIEWER).await);
}

#[tokio::test]
async fn an_access_token_ends_with_its_minutes() {
    let app = TestApp::on_sqlite().await;
    account(&app.app).await;
    let mut hurried = config(&app.url, &[]);
    hurried.auth.access_token_lifetime = Duration::ZERO;
    let hurried = tradepost::http::router(App::new(hurried).await.unwrap()).unwrap();
    let reply = Client::new(hurried, None).sign_in(EMAIL, PASSWORD).await;

    assert_refused(&with_token(&app, reply.text("/staffSignIn/session/accessToken")).query(VIEWER).await);
}

#[tokio::test]
async fn nobody_is_the_viewer_without_a_session() {
    on_both(async |app| {
        assert_eq!(app.anonymous().query(VIEWER).await.at("/viewer"), &json!(null));
    })
    .await;
}

#[tokio::test]
async fn the_viewer_lists_what_the_roles_allow() {
    on_both(async |app| {
        account(&app.app).await;
        let (owner, _) = signed_in(app).await;
        let owner = with_token(app, owner).query(VIEWER).await;
        let staff = app.staff(&[Permission::StockRead, Permission::ProductRead]).await.query(VIEWER).await;
        let powerless = app.staff(&[]).await.query(VIEWER).await;

        assert_eq!(owner.at("/viewer/staffUser"), &json!({ "email": EMAIL, "name": "Ada Lovelace" }));
        let all: Vec<_> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
        assert_eq!(owner.at("/viewer/permissions"), &json!(all));
        assert_eq!(staff.at("/viewer/permissions"), &json!(["PRODUCT_READ", "STOCK_READ"]));
        assert_eq!(powerless.at("/viewer/permissions"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_permission_that_a_role_loses_is_gone_at_the_next_request() {
    on_both(async |app| {
        let staff = app.staff(&[Permission::ProductWrite, Permission::StockRead]).await;
        let create = "mutation { productCreate(input: { name: \"Cap\" }) { userErrors { code } } }";
        assert_eq!(staff.query(create).await.user_errors(), [""; 0]);
        let tx = app.app.db().begin().await.unwrap();
        role_permission::Entity::delete_many()
            .filter(role_permission::Column::Permission.eq(Permission::ProductWrite))
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let reply = staff.query(create).await;

        assert_eq!(reply.code(), Some("FORBIDDEN"));
        assert_eq!(staff.query(VIEWER).await.at("/viewer/permissions"), &json!(["STOCK_READ"]));
    })
    .await;
}

#[tokio::test]
async fn somebody_without_any_role_is_signed_in_and_may_do_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let tx = app.app.db().begin().await.unwrap();
        staff_user_role::Entity::delete_many().exec(&tx).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(owner.query(VIEWER).await.at("/viewer/permissions"), &json!([]));
    })
    .await;
}
