//! A server that is killed loses nothing that it has said yes to.

use std::thread::sleep;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};
use serde_json::json;

use super::{PATIENCE, Server, Shop, production};
use crate::support::smtp::{SmtpServer, Step};
use crate::support::{migrate, postgres};

const SQLITE: &str = "sqlite://tradepost.db";

/// Runs a test on a migrated database of either kind, given where it is for the program and for the test.
async fn on_both(test: impl AsyncFn(&Shop, &str, &str)) {
    let shop = Shop::migrated();
    let file = format!("sqlite://{}", shop.folder.path().join("tradepost.db").display());
    test(&shop, SQLITE, &file).await;
    if let Some(database) = postgres::database(&tradepost::db::fingerprint(), migrate).await {
        test(&Shop::new(), &database.url, &database.url).await;
    }
}

fn environment<'a>(url: &'a str, smtp: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut environment = production(url);
    environment.retain(|(name, _)| *name != "MAIL_FOLDER");
    environment.extend([("SMTP_URL", smtp), ("MAIL_FROM", "Shop <shop@shop.example>")]);
    environment
}

fn register(server: &Server) {
    const REGISTER: &str = "mutation($input: CustomerRegisterInput!) { customerRegister(input: $input) {
        isAccepted userErrors { code message } } }";
    let input = json!({ "email": "ada@example.com", "password": "correct horse battery" });
    let answer = server.graphql(None, REGISTER, json!({ "input": input }));
    assert_eq!(answer.json().pointer("/data/customerRegister/isAccepted"), Some(&json!(true)), "{answer:?}");
}

fn kill(mut server: Server) {
    server.child.kill().unwrap();
    server.child.wait().unwrap();
}

async fn until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "it never came to that");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_commit_and_its_effect_delays_the_effect() {
    on_both(async |shop, url, _| {
        let mails = SmtpServer::start().await;
        let smtp = mails.url();
        let server = shop.serve_with(&["serve", "--no-worker"], &environment(url, &smtp));
        register(&server);
        kill(server);
        assert_eq!(mails.mails().len(), 0);

        let _server = shop.serve(&environment(url, &smtp));

        until(|| mails.mails().len() == 1).await;
        assert_eq!(mails.mails()[0].to, "ada@example.com");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_midst_of_a_job_has_it_done_again_once_the_lease_has_ended() {
    on_both(async |shop, url, file| {
        let mails = SmtpServer::start().await;
        // Before anything was sent, so that what arrives was sent by the other server.
        mails.hang(Step::Greeting);
        let smtp = mails.url();
        let server = shop.serve(&environment(url, &smtp));
        register(&server);
        until(|| mails.connections() > 0).await;
        kill(server);
        mails.behave();
        let server = shop.serve(&environment(url, &smtp));
        sleep(Duration::from_secs(1));
        assert_eq!(mails.mails().len(), 0, "the lease still runs");
        // A minute later.
        let db = Database::connect(file).await.unwrap();
        db.execute_unprepared("UPDATE job SET run_at = 0 WHERE kind = 'mail.verification'").await.unwrap();
        db.close().await.unwrap();

        until(|| mails.mails().len() == 1).await;

        kill(server);
    })
    .await;
}
