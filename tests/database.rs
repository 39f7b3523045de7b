//! What both databases promise: constraints with one name, writers that wait their turn, readers that wait for nobody.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::time::{Duration, Instant};

use futures::future::join_all;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tokio::time::timeout;
use tradepost::app::App;
use tradepost::db::Db;
use tradepost::db::constraint::UNIQUE;
use tradepost::error::Error;

use crate::support::{Client, TestApp, config, fixture, on_both, sql};

const ADJUST: &str = "mutation($input: StockLevelAdjustInput!) { stockLevelAdjust(input: $input) {
    variant { stockLevels { onHand } } userErrors { code message field } } }";

/// Somebody who ought to know sees this in the log.
fn causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

async fn unique_indexes(db: &Db) -> BTreeSet<String> {
    let statement = if sql::is_sqlite(db) {
        "SELECT list.name || '|' || (SELECT GROUP_CONCAT(tables.name || '.' || info.name, ', ') \
         FROM pragma_index_info(list.name) AS info) \
         FROM sqlite_master AS tables, pragma_index_list(tables.name) AS list \
         WHERE tables.type = 'table' AND list.\"unique\" = 1 AND list.origin <> 'pk'"
    } else {
        "SELECT relname::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid \
         JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = 'public' \
         WHERE indisunique AND NOT indisprimary"
    };
    sql::texts(db, statement).await.into_iter().collect()
}

#[tokio::test]
async fn every_unique_index_has_one_name_on_both_databases() {
    on_both(async |app| {
        let db = app.app.db();

        let found = unique_indexes(db).await;

        let known = UNIQUE
            .iter()
            .map(|(columns, name)| if sql::is_sqlite(db) { format!("{name}|{columns}") } else { (*name).to_owned() });
        assert_eq!(found, known.collect());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_two_writers_at_once_all_succeed() {
    on_both(async |app| {
        let owner = app.owner().await;
        let reply = fixture::create_product(&owner, json!({})).await;
        let variant = reply.text("/productCreate/product/variants/0/id");

        let writers = (0..32).map(async |number| {
            let input = json!({ "variant": variant, "change": 1 });
            let adjusted = owner.run(ADJUST, json!({ "input": input })).await;
            let created = fixture::create_product(&owner, json!({ "name": format!("Shirt {number}") })).await;
            [adjusted, created]
        });
        let replies = join_all(writers).await;

        for reply in replies.iter().flatten() {
            assert_eq!(reply.user_errors(), [""; 0], "{}", reply.json);
        }
        let counted = "query($id: ID!) { node(id: $id) { ... on ProductVariant { stockLevels { onHand } } }
            products { totalCount } }";
        let reply = owner.run(counted, json!({ "id": variant })).await;
        assert_eq!(reply.at("/node/stockLevels/0/onHand"), 5 + 32);
        assert_eq!(reply.at("/products/totalCount"), 1 + 32);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_of_two_processes_take_turns() {
    on_both(async |app| {
        let (second, _) = app.sibling(&[]).await;
        let write = async |db: &Db, number: usize| {
            let tx = db.begin().await.unwrap();
            let sql = format!("UPDATE channel SET version = version + 1, name = '{number}'");
            tx.execute_unprepared(&sql).await.unwrap();
            tokio::time::sleep(Duration::from_millis(2)).await;
            tx.commit().await.unwrap();
        };

        join_all((0..32).map(|number| write(if number % 2 == 0 { app.app.db() } else { second.db() }, number))).await;

        assert_eq!(sql::number(app.app.db(), "SELECT version FROM channel").await, 1 + 32);
    })
    .await;
}

#[tokio::test]
async fn a_reader_waits_for_no_writer_and_sees_nothing_unfinished() {
    on_both(async |app| {
        let tx = app.app.db().begin().await.unwrap();
        tx.execute_unprepared("UPDATE channel SET name = 'Unfinished'").await.unwrap();

        let reading = app.anonymous();
        let reply = timeout(Duration::from_secs(5), reading.query("{ shop { channel { name } } }")).await.unwrap();

        assert_eq!(reply.at("/shop/channel/name"), "Default");
        tx.commit().await.unwrap();
        // This server may remember the channel for a moment; another one has not read it yet.
        let (_, router) = app.sibling(&[]).await;
        let reply = Client::new(router, None).query("{ shop { channel { name } } }").await;
        assert_eq!(reply.at("/shop/channel/name"), "Unfinished");
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    on_both(async |app| {
        let tx = app.app.db().begin().await.unwrap();
        tx.execute_unprepared("UPDATE channel SET name = 'Unfinished'").await.unwrap();

        drop(tx);

        let owner = app.owner().await;
        fixture::product(&owner, json!({})).await;
        assert_eq!(sql::texts(app.app.db(), "SELECT name FROM channel").await, ["Default"]);
    })
    .await;
}

#[tokio::test]
async fn a_row_cannot_refer_to_one_that_is_not_there() {
    on_both(async |app| {
        let db = app.app.db();
        fixture::product(&app.owner().await, json!({})).await;

        let orphan = "UPDATE product_variant SET product_id = id";

        assert!(sql::execute(db, orphan).await.is_err());
        assert_eq!(sql::number(db, "SELECT COUNT(*) FROM product_variant WHERE product_id = id").await, 0);
    })
    .await;
}

#[tokio::test]
async fn sqlite_is_set_up_for_readers_beside_a_writer_and_for_power_cuts() {
    let app = TestApp::on_sqlite().await;
    let db = app.app.db();
    let tx = db.begin().await.unwrap();
    let of_writer = async |pragma: &str| {
        let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, format!("PRAGMA {pragma}"));
        tx.query_one_raw(statement).await.unwrap().unwrap()
    };

    let mode: String = of_writer("journal_mode").await.try_get_by_index(0).unwrap();
    let keys: i64 = of_writer("foreign_keys").await.try_get_by_index(0).unwrap();
    let synchronous: i64 = of_writer("synchronous").await.try_get_by_index(0).unwrap();

    assert_eq!((mode.as_str(), keys, synchronous), ("wal", 1, 2));
}

#[tokio::test]
async fn the_reading_connections_of_sqlite_cannot_write() {
    let app = TestApp::on_sqlite().await;

    let written = app.app.db().reader().execute_unprepared("UPDATE channel SET name = 'Other'").await;

    assert!(written.is_err());
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_ended() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (hurried, _) = app.sibling(&["--database-statement-timeout-ms", "100"]).await;
    let sleep = Statement::from_string(sea_orm::DbBackend::Postgres, "SELECT pg_sleep(30)");
    let began = Instant::now();

    let result = hurried.db().reader().query_one_raw(sleep).await;

    assert!(result.is_err());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_an_error_that_says_so() {
    let impatient = ["--database-acquire-timeout-ms", "300"];
    for (url, cause) in [
        ("postgres://nobody@127.0.0.1:1/nothing", "Connection refused"),
        ("sqlite:///nowhere/at/all/tradepost.db", "unable to open database file"),
    ] {
        let error = App::new(config(url, &impatient)).await.err().unwrap();

        assert!(matches!(error, Error::Unavailable(_)), "{url}: {error:?}");
        assert!(causes(&error).contains(cause), "{url}: {}", causes(&error));
    }
}

#[tokio::test]
async fn a_database_that_goes_away_answers_unavailable() {
    on_both(async |app| {
        app.app.db().close().await;

        let reply = app.anonymous().query("{ shop { version } }").await;

        assert_eq!(reply.code(), Some("UNAVAILABLE"), "{}", reply.json);
        assert_eq!(reply.status, http::StatusCode::SERVICE_UNAVAILABLE);
        assert!(matches!(app.app.db().ready().await, Err(Error::Unavailable(_))));
    })
    .await;
}
