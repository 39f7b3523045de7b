//! Who does jobs: servers, or processes of their own.

use std::thread::sleep;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, Statement};

use super::{PATIENCE, Shop, production};

const URL: &str = "sqlite://tradepost.db";

/// How many of the jobs that come again and again were done, and wait for the next time.
async fn done(shop: &Shop) -> i64 {
    let url = format!("sqlite://{}", shop.folder.path().join("tradepost.db").display());
    let db = Database::connect(url).await.unwrap();
    let sql = "SELECT COUNT(*) FROM job WHERE state = 'WAITING' AND run_at > created_at + 600000000";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let count = row.unwrap().try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    count
}

async fn wait_until_done(shop: &Shop) {
    let started = Instant::now();
    while done(shop).await < 2 {
        assert!(started.elapsed() < PATIENCE, "nobody does the jobs");
        sleep(Duration::from_millis(50));
    }
}

#[tokio::test]
async fn a_server_does_jobs() {
    let shop = Shop::migrated();
    let _server = shop.serve(&production(URL));

    wait_until_done(&shop).await;
}

#[tokio::test]
async fn a_server_without_a_worker_leaves_jobs_to_a_process_of_their_own() {
    let shop = Shop::migrated();
    let _server = shop.serve_with(&["serve", "--no-worker"], &production(URL));
    sleep(Duration::from_millis(1_500));
    assert_eq!(done(&shop).await, 0);

    let mut worker = shop.command(&["work"], &production(URL)).spawn().unwrap();
    wait_until_done(&shop).await;

    let asked = std::process::Command::new("kill").args(["-TERM", &worker.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert_eq!(worker.wait().unwrap().code(), Some(0));
}
