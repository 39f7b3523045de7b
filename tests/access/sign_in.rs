//! Who gets in, and what those learn who do not.

use std::time::{Duration, Instant};

use super::*;
use crate::support::on_both;

#[tokio::test]
async fn the_right_password_starts_a_session() {
    on_both(async |app| {
        account(&app.app).await;

        let reply = app.anonymous().sign_in(EMAIL, PASSWORD).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let expiry = |field: &str| reply.text(&format!("/staffSignIn/session/{field}"));
        assert!(expiry("accessTokenExpiresAt") < expiry("expiresAt"), "{}", reply.json);
        assert!(is_signed_in(&with_token(app, reply.text("/staffSignIn/session/accessToken"))).await);
    })
    .await;
}

#[tokio::test]
async fn letter_case_and_spaces_of_the_address_do_not_matter() {
    on_both(async |app| {
        account(&app.app).await;

        for email in ["ADA.LOVELACE@EXAMPLE.COM", "ada.lovelace@example.com", " Ada.Lovelace@Example.com "] {
            assert_eq!(app.anonymous().sign_in(email, PASSWORD).await.user_errors(), [""; 0], "{email}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_failed_sign_in_answers_alike() {
    on_both(async |app| {
        account(&app.app).await;
        let wrong_password = app.anonymous().sign_in(EMAIL, "wrong horse battery").await;

        assert_eq!(wrong_password.user_errors(), ["INVALID_CREDENTIALS input"]);
        for (email, password) in [
            ("nobody@example.com", PASSWORD),
            ("no address", PASSWORD),
            ("", PASSWORD),
            (EMAIL, ""),
            (EMAIL, "Correct horse battery"),
            (EMAIL, " correct horse battery"),
            (EMAIL, "nobody's password"),
            ("nobody@example.com", "nobody's password"),
            (&"a".repeat(10_000), PASSWORD),
            (EMAIL, &"a".repeat(10_000)),
        ] {
            forget_failures(&app.app).await;
            let reply = app.anonymous().sign_in(email, password).await;
            assert_eq!(reply.json, wrong_password.json, "{email:.40} {password:.40}");
            assert_eq!(reply.status, wrong_password.status);
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_not_active_cannot_sign_in_and_its_sessions_end() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, token) = signed_in(app).await;
        sql::execute(app.app.db(), "UPDATE staff_user SET is_active = false").await.unwrap();

        let reply = app.anonymous().sign_in(EMAIL, PASSWORD).await;

        assert_eq!(reply.user_errors(), ["INVALID_CREDENTIALS input"]);
        assert_refused(&with_token(app, access).query(VIEWER).await);
        assert_eq!(refresh(app, &token).await.user_errors(), ["INVALID_CREDENTIALS input.refreshToken"]);
    })
    .await;
}

/// The bound is loose: without the check of nobody's password the unknown address would be some hundred times as fast.
#[tokio::test]
async fn an_unknown_address_costs_as_much_time_as_a_wrong_password() {
    let app = TestApp::on_sqlite().await;
    let dear = ["--password-memory-kib", "4096", "--password-iterations", "8"];
    let (dear, router) = app.sibling(&dear).await;
    account(&dear).await;
    let client = Client::new(router, None);
    let shortest = async |email: &str| {
        let mut shortest = Duration::MAX;
        for _ in 0..3 {
            forget_failures(&dear).await;
            let began = Instant::now();
            client.sign_in(email, "wrong horse battery").await;
            shortest = shortest.min(began.elapsed());
        }
        shortest
    };

    let known = shortest(EMAIL).await;

    for email in ["nobody@example.com", "no address"] {
        let unknown = shortest(email).await;
        assert!(unknown * 4 > known, "{email}: {unknown:?}, a known address: {known:?}");
    }
}

/// Whoever reads a copy of the database can sign in as nobody.
#[tokio::test]
async fn no_secret_stands_in_the_database() {
    on_both(async |app| {
        account(&app.app).await;
        let (access, first) = signed_in(app).await;
        let (other_access, second) = refreshed(app, &first).await;

        let hashes = sql::texts(app.app.db(), "SELECT password_hash FROM staff_user").await;
        let mut kept = sql::texts(app.app.db(), "SELECT hash FROM refresh_token").await;
        kept.extend(sql::texts(app.app.db(), "SELECT CAST(payload AS text) FROM event").await);
        kept.extend(hashes.clone());

        assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$")), "{hashes:?}");
        for secret in [PASSWORD, &access, &other_access, &first, &second] {
            assert!(kept.iter().all(|text| !text.contains(secret)), "{secret} is kept in clear");
        }
    })
    .await;
}

#[tokio::test]
async fn two_accounts_of_one_password_have_different_hashes() {
    let app = TestApp::on_sqlite().await;
    app.owner().await;
    app.owner().await;

    let hashes = sql::texts(app.app.db(), "SELECT password_hash FROM staff_user").await;

    assert_eq!(hashes.len(), 2);
    assert_ne!(hashes[0], hashes[1]);
}

#[tokio::test]
async fn a_password_comes_to_cost_what_is_asked_for_now() {
    on_both(async |app| {
        account(&app.app).await;
        let hashes = async || sql::texts(app.app.db(), "SELECT password_hash FROM staff_user").await.concat();
        let before = hashes().await;
        let (_, router) = app.sibling(&["--password-memory-kib", "16", "--password-iterations", "2"]).await;

        let reply = Client::new(router.clone(), None).sign_in(EMAIL, PASSWORD).await;

        assert_eq!(reply.user_errors(), [""; 0]);
        let after = hashes().await;
        assert!(before.contains("m=8,t=1") && after.contains("m=16,t=2"), "{before} {after}");
        assert_eq!(Client::new(router, None).sign_in(EMAIL, PASSWORD).await.user_errors(), [""; 0]);
        assert_eq!(hashes().await, after, "it is hashed again once");
    })
    .await;
}
