//! Failures to sign in make the next attempts wait.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use futures::future::join_all;
use http::{Request, header};

use super::*;
use crate::support::on_both;

const WRONG: &str = "wrong horse battery";

/// Tries to sign in from an address, and gives the code of the error, if there is one, with the seconds to wait.
async fn attempt(client: &Client, email: &str, password: &str, address: Option<&str>) -> Option<(String, Option<i64>)> {
    const SIGN_IN: &str = "mutation($input: StaffSignInInput!) { staffSignIn(input: $input) {
        session { accessToken } userErrors { code field retryAfter } } }";
    let body = json!({ "query": SIGN_IN, "variables": { "input": { "email": email, "password": password } } });
    let mut request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/graphql-response+json")
        .body(Body::from(body.to_string()))
        .unwrap();
    if let Some(address) = address {
        let address: IpAddr = address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 4711)));
    }
    let reply = client.send(request).await;
    let error = reply.data().pointer("/staffSignIn/userErrors/0")?;
    Some((error["code"].as_str().unwrap().to_owned(), error["retryAfter"].as_i64()))
}

fn refused() -> Option<(String, Option<i64>)> {
    Some(("INVALID_CREDENTIALS".to_owned(), None))
}

fn throttled(seconds: i64) -> Option<(String, Option<i64>)> {
    Some(("THROTTLED".to_owned(), Some(seconds)))
}

/// Lets all waits be over.
async fn pass_time(app: &TestApp) {
    sql::execute(app.app.db(), "UPDATE sign_in_throttle SET free_at = 0").await.unwrap();
}

#[tokio::test]
async fn from_the_second_failure_on_the_account_waits_longer_each_time() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        assert_eq!(attempt(&client, EMAIL, WRONG, None).await, refused());

        for seconds in [1, 2, 4, 8] {
            assert_eq!(attempt(&client, EMAIL, WRONG, None).await, refused());
            assert_eq!(attempt(&client, EMAIL, WRONG, None).await, throttled(seconds));
            assert_eq!(attempt(&client, EMAIL, PASSWORD, None).await, throttled(seconds), "the right one waits, too");
            assert_eq!(attempt(&client, "ada.LOVELACE@example.com", PASSWORD, None).await, throttled(seconds));
            pass_time(app).await;
        }
    })
    .await;
}

#[tokio::test]
async fn success_clears_what_was_counted_for_the_account() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        for _ in 0..3 {
            attempt(&client, EMAIL, WRONG, None).await;
            pass_time(app).await;
        }

        assert_eq!(attempt(&client, EMAIL, PASSWORD, None).await, None);

        assert_eq!(attempt(&client, EMAIL, WRONG, None).await, refused());
        assert_eq!(attempt(&client, EMAIL, PASSWORD, None).await, None, "a single failure costs no time");
    })
    .await;
}

#[tokio::test]
async fn what_was_counted_fades_after_a_day() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        for _ in 0..4 {
            attempt(&client, EMAIL, WRONG, None).await;
            pass_time(app).await;
        }
        let day = 25_i64 * 3_600 * 1_000_000;
        let sql = format!("UPDATE sign_in_throttle SET last_at = last_at - {day}");
        sql::execute(app.app.db(), &sql).await.unwrap();

        assert_eq!(attempt(&client, EMAIL, WRONG, None).await, refused());
        assert_eq!(attempt(&client, EMAIL, PASSWORD, None).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_does_not_exist_waits_as_one_that_does() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        for email in [EMAIL, "nobody@example.com", "no address"] {
            let told = async || attempt(&client, email, WRONG, None).await;

            assert_eq!([told().await, told().await, told().await], [refused(), refused(), throttled(1)], "{email}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_tries_many_accounts_waits_and_others_do_not() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        let (here, there) = (Some("203.0.113.7"), Some("203.0.113.8"));
        for email in ["one@example.com", "two@example.com"] {
            assert_eq!(attempt(&client, email, WRONG, here).await, refused());
        }

        assert_eq!(attempt(&client, EMAIL, PASSWORD, here).await, throttled(1));
        assert_eq!(attempt(&client, EMAIL, PASSWORD, there).await, None);
        pass_time(app).await;
        assert_eq!(attempt(&client, EMAIL, PASSWORD, here).await, None);
        assert_eq!(attempt(&client, "three@example.com", WRONG, here).await, refused());
        assert_eq!(attempt(&client, "four@example.com", WRONG, here).await, throttled(1), "success leaves the count");
        assert_eq!(attempt(&client, EMAIL, PASSWORD, here).await, None, "who is signed in there does not wait");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_guesses_at_once_on_two_nodes_gain_nothing() {
    on_both(async |app| {
        account(&app.app).await;
        let (_, router) = app.sibling(&[]).await;
        let nodes = [app.anonymous(), Client::new(router, None)];

        let guesses = (0..80).map(|n| attempt(&nodes[n % 2], EMAIL, WRONG, None));
        let told = join_all(guesses).await;

        let looked_at = told.iter().filter(|told| **told == refused()).count();
        let cores = std::thread::available_parallelism().unwrap().get();
        assert!(looked_at <= 2 + 2 * cores, "{looked_at} guesses were looked at");
        assert!(attempt(&nodes[0], EMAIL, PASSWORD, None).await.is_some_and(|(code, _)| code == "THROTTLED"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_who_know_their_passwords_never_wait_for_each_other() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();

        let told = join_all((0..40).map(|_| attempt(&client, EMAIL, PASSWORD, Some("203.0.113.7")))).await;

        assert!(told.iter().all(Option::is_none), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_counted_names_nobody() {
    on_both(async |app| {
        account(&app.app).await;
        attempt(&app.anonymous(), EMAIL, WRONG, Some("203.0.113.7")).await;

        let sql = "SELECT COUNT(*) FROM sign_in_throttle WHERE key LIKE '%ada%' OR key LIKE '%203%113%'";
        assert_eq!(sql::number(app.app.db(), sql).await, 0);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM sign_in_throttle").await, 2);
    })
    .await;
}

#[tokio::test]
async fn where_the_person_has_signed_in_of_late_nobody_else_makes_them_wait() {
    on_both(async |app| {
        account(&app.app).await;
        let client = app.anonymous();
        let (home, elsewhere) = (Some("203.0.113.7"), Some("198.51.100.9"));
        assert_eq!(attempt(&client, EMAIL, PASSWORD, home).await, None);
        for _ in 0..2 {
            assert_eq!(attempt(&client, EMAIL, WRONG, elsewhere).await, refused());
        }
        assert_eq!(attempt(&client, EMAIL, PASSWORD, elsewhere).await, throttled(1));

        assert_eq!(attempt(&client, EMAIL, PASSWORD, home).await, None);
        for _ in 0..2 {
            assert_eq!(attempt(&client, EMAIL, WRONG, home).await, refused());
        }
        assert_eq!(attempt(&client, EMAIL, PASSWORD, home).await, throttled(1), "but one who guesses there waits, too");
    })
    .await;
}
