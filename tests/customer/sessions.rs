//! The sessions of customers: how they go on, are seen, and end.

use super::*;
use crate::support::on_both;

const SESSIONS: &str = "{ viewer { sessions { id isCurrent address userAgent createdAt lastUsedAt expiresAt } } }";
const REVOKE: &str = "mutation($id: ID) { sessionRevoke(id: $id) { isRevoked userErrors { code message field } } }";
const REFRESH: &str = "mutation($input: SessionRefreshInput!) { sessionRefresh(input: $input) {
    session { accessToken refreshToken } userErrors { code message field } } }";

async fn refresh(app: &TestApp, token: &str) -> Reply {
    app.anonymous().run(REFRESH, json!({ "input": { "refreshToken": token } })).await
}

async fn sessions(client: &Client) -> Vec<Value> {
    client.query(SESSIONS).await.at("/viewer/sessions").as_array().unwrap().clone()
}

#[tokio::test]
async fn a_session_goes_on_by_its_refresh_token() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (_, token) = signed_in(app, EMAIL).await;

        let reply = refresh(app, &token).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let client = Client::new(app.router.clone(), Some(reply.text("/sessionRefresh/session/accessToken")));
        assert_eq!(client.query(VIEWER).await.text("/viewer/customer/email"), EMAIL);
        assert_eq!(sessions(&client).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn own_sessions_are_listed_and_one_can_be_ended() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (here, _) = signed_in(app, EMAIL).await;
        let (_, elsewhere) = signed_in(app, EMAIL).await;
        let listed = sessions(&here).await;
        assert_eq!(listed.len(), 2);
        let other = listed.iter().find(|session| session["isCurrent"] == false).unwrap()["id"].clone();

        let reply = here.run(REVOKE, json!({ "id": other })).await;

        assert_eq!(reply.at("/sessionRevoke/isRevoked"), true);
        assert_eq!(refresh(app, &elsewhere).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        assert_eq!(sessions(&here).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_session_of_somebody_else_is_not_there() {
    on_both(async |app| {
        let ada = customer(app, EMAIL).await;
        let grace = customer(app, "grace@example.com").await;
        let hers = sessions(&grace).await[0]["id"].clone();

        let reply = ada.run(REVOKE, json!({ "id": hers })).await;

        assert_eq!(reply.user_errors(), ["NOT_FOUND id"]);
        assert_eq!(sessions(&grace).await.len(), 1);
        assert_eq!(app.anonymous().run(REVOKE, json!({ "id": hers })).await.code(), Some("UNAUTHENTICATED"));
    })
    .await;
}

#[tokio::test]
async fn all_sessions_end_at_once() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let (_, first) = signed_in(app, EMAIL).await;
        let (here, second) = signed_in(app, EMAIL).await;
        let grace = customer(app, "grace@example.com").await;

        let reply = here.query("mutation { sessionRevokeAll { count userErrors { code message } } }").await;

        assert_eq!(reply.at("/sessionRevokeAll/count"), 2);
        for token in [first, second] {
            assert_eq!(refresh(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        }
        assert_eq!(sessions(&grace).await.len(), 1);
    })
    .await;
}

/// More at once than there are connections to the database.
#[tokio::test]
async fn many_sessions_that_go_on_at_once_do_not_wait_for_each_other_for_ever() {
    on_both(async |app| {
        verified(app, EMAIL).await;
        let mut tokens = Vec::new();
        for _ in 0..24 {
            tokens.push(signed_in(app, EMAIL).await.1);
        }

        let replies = futures::future::join_all(tokens.iter().map(|token| refresh(app, token))).await;

        for reply in replies {
            assert_eq!(reply.user_errors(), [""; 0]);
        }
    })
    .await;
}
