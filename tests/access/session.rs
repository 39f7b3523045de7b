//! How a session goes on and how it ends.

use std::collections::HashSet;

use futures::future::join_all;

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn a_session_ends_when_it_was_not_used_for_too_long() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, token) = signed_in(app).await;
        sql::execute(app.app.db(), "UPDATE session SET expires_at = created_at").await.unwrap();

        assert_refused(&with_token(app, access).query(VIEWER).await);
        assert_eq!(refresh(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_gives_new_tokens_and_lets_the_session_live_longer() {
    on_both(async |app| {
        account(&app.app).await;
        let (old_access, old) = signed_in(app).await;
        let expiry = "SELECT expires_at FROM session";
        let before = sql::number(app.app.db(), expiry).await;

        let (access, new) = refreshed(app, &old).await;

        assert_ne!(new, old);
        assert!(is_signed_in(&with_token(app, access)).await);
        assert!(is_signed_in(&with_token(app, old_access)).await);
        assert!(sql::number(app.app.db(), expiry).await > before);
        refreshed(app, &new).await;
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_at_once_gets_a_sibling() {
    on_both(async |app| {
        account(&app.app).await;
        let (_, token) = signed_in(app).await;
        let (_, first) = refreshed(app, &token).await;
        wait(app, 8).await;

        let (_, second) = refreshed(app, &token).await;

        assert_ne!(first, second);
        refreshed(app, &first).await;
        refreshed(app, &second).await;
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_later_ends_the_whole_session() {
    on_both(async |app| {
        account(&app.app).await;
        let (first_access, token) = signed_in(app).await;
        let (second_access, next) = refreshed(app, &token).await;
        let (elsewhere, _) = signed_in(app).await;
        wait(app, 11).await;

        let reply = refresh(app, &token).await;

        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        assert_eq!(refresh(app, &next).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        assert_refused(&with_token(app, first_access).query(VIEWER).await);
        assert_refused(&with_token(app, second_access).query(VIEWER).await);
        assert!(is_signed_in(&with_token(app, elsewhere)).await, "another session of the same person ended, too");
    })
    .await;
}

/// The window is not moved by using it: a thief cannot keep it open.
#[tokio::test]
async fn the_time_in_which_a_token_may_come_again_counts_from_its_first_use() {
    on_both(async |app| {
        account(&app.app).await;
        let (_, token) = signed_in(app).await;
        refreshed(app, &token).await;
        wait(app, 8).await;
        refreshed(app, &token).await;
        wait(app, 8).await;

        assert_eq!(refresh(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_refresh_token_is_refused() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, _) = signed_in(app).await;

        for token in ["", "nonsense", &access, &"a".repeat(10_000)] {
            assert_eq!(refresh(app, token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn refreshes_at_once_all_succeed() {
    on_both(async |app| {
        account(&app.app).await;
        let (_, token) = signed_in(app).await;

        let replies = join_all((0..8).map(|_| refreshed(app, &token))).await;

        let distinct: HashSet<_> = replies.iter().map(|(_, token)| token).collect();
        assert_eq!(distinct.len(), 8);
        for (access, token) in &replies {
            assert!(is_signed_in(&with_token(app, access)).await);
            refreshed(app, token).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_session_ends_on_every_node_at_once() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, token) = signed_in(app).await;
        let (_, router) = app.sibling(&[]).await;
        let elsewhere = Client::new(router, Some(access.clone()));
        assert!(is_signed_in(&elsewhere).await);

        let reply = with_token(app, &access).query(REVOKE).await;

        assert_eq!(reply.at("/sessionRevoke/isRevoked"), true);
        assert_refused(&elsewhere.query(VIEWER).await);
        assert_refused(&with_token(app, access).query(VIEWER).await);
        assert_eq!(refresh(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
    })
    .await;
}

#[tokio::test]
async fn revoking_ends_the_own_session_only() {
    on_both(async |app| {
        account(&app.app).await;
        let (here, _) = signed_in(app).await;
        let (there, token) = signed_in(app).await;

        with_token(app, &here).query(REVOKE).await;

        assert!(is_signed_in(&with_token(app, there)).await);
        refreshed(app, &token).await;
    })
    .await;
}

#[tokio::test]
async fn sessions_that_ended_long_ago_are_removed_with_their_tokens() {
    on_both(async |app| {
        account(&app.app).await;
        for _ in 0..3 {
            signed_in(app).await;
        }
        let db = app.app.db();
        let ids = "SELECT CAST(COUNT(*) AS bigint) FROM session";
        let month = 31_i64 * 24 * 3_600 * 1_000_000;
        let old = format!("UPDATE session SET expires_at = expires_at - 2 * {month} WHERE revoked_at IS NULL");
        sql::execute(db, &old).await.unwrap();
        signed_in(app).await;

        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let runner = app.app.runner();
        let task = tokio::spawn(async move { runner.run(async { drop(stopped.await) }).await });
        for _ in 0..500 {
            if sql::number(db, ids).await == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        drop(stop);
        task.await.unwrap();

        assert_eq!(sql::number(db, ids).await, 1);
        assert_eq!(sql::number(db, "SELECT COUNT(*) FROM refresh_token").await, 1);
    })
    .await;
}
