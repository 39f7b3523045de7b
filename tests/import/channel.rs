//! The channel whose prices a file has, and runs that only pretend.

use std::io::{self, Read};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use tradepost::auth::Actor;
use tradepost::error::{Error, UserErrorCode};
use tradepost::transfer::ImportOptions;

use super::content::TENT;
use super::{PRODUCT, Row, csv, import_well, import_with, product};
use crate::support::{TestApp, fixture, on_both};

pub fn to_channel(slug: &str) -> ImportOptions {
    ImportOptions { channel: Some(slug.to_owned()), is_dry_run: false }
}

#[tokio::test]
async fn prices_go_to_the_channel_that_is_named() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        import_well(app, &[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "12.50")]]).await;
        let file = csv(&[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "1900")]]);

        let report = import_with(app, file.clone(), &to_channel("japan")).await;

        assert_eq!(report.counts(), [0, 1, 0, 0]);
        let reply = owner.run(PRODUCT, json!({ "slug": "mug", "channel": "japan" })).await;
        assert_eq!(reply.at("/productBySlug/variants/0/price"), &json!({ "amount": "1900", "currency": "JPY" }));
        assert_eq!(product(&owner, "mug").await["variants"][0]["price"]["amount"], "12.50");
        assert_eq!(import_with(app, file, &to_channel("japan")).await.counts(), [0, 0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_currency_without_decimals_refuses_them() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let file = csv(&[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "19.90")]]);

        let report = import_with(app, file, &to_channel("japan")).await;

        assert_eq!(report.counts(), [0, 0, 0, 1]);
        assert!(report.errors[0].starts_with("Line 2, column “Variant Price”, product “mug”: "), "{:?}", report.errors);
    })
    .await;
}

/// Whether shoppers find a product in a channel.
async fn is_shown(app: &TestApp, slug: &str, channel: &str) -> bool {
    let reply = app.anonymous().run(PRODUCT_SLUG, json!({ "slug": slug, "channel": channel })).await;
    !reply.at("/productBySlug").is_null()
}

const PRODUCT_SLUG: &str =
    "query($slug: String!, $channel: String) { productBySlug(slug: $slug, channel: $channel) { slug } }";

#[tokio::test]
async fn a_new_product_is_shown_in_the_channel_of_the_import_alone() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        let file = csv(&[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "1900")]]);

        import_with(app, file, &to_channel("japan")).await;

        assert_eq!((is_shown(app, "mug", "japan").await, is_shown(app, "mug", "default").await), (true, false));
    })
    .await;
}

#[tokio::test]
async fn a_product_is_shown_in_a_channel_with_its_first_price_there() {
    on_both(async |app| {
        let owner = app.owner().await;
        fixture::channel(&owner, json!({})).await;
        import_well(app, &[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", "12.50")]]).await;
        assert!(!is_shown(app, "mug", "japan").await);
        let file = |price| csv(&[&[("Handle", "mug"), ("Title", "Mug"), ("Variant Price", price)]]);

        import_with(app, file("1900"), &to_channel("japan")).await;
        assert!(is_shown(app, "mug", "japan").await);

        let id = product(&owner, "mug").await["id"].as_str().unwrap().to_owned();
        fixture::hide(&owner, &id, "japan").await.data();
        assert_eq!(import_with(app, file("2000"), &to_channel("japan")).await.counts(), [0, 1, 0, 0]);
        assert!(!is_shown(app, "mug", "japan").await, "what was taken out of the channel stays out");
        assert!(is_shown(app, "mug", "default").await);
    })
    .await;
}

/// A file that nobody may open.
struct Untouchable;

impl Read for Untouchable {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("the file was read")
    }
}

#[tokio::test]
async fn an_unknown_channel_ends_the_import_before_it_begins() {
    on_both(async |app| {
        let options = to_channel("moon");

        let result = app.app.imports.import_shopify(&Actor::System, Untouchable, &options, |_| {}).await;

        let Err(Error::User(errors)) = result else { panic!("{result:?}") };
        assert_eq!(errors[0].code, UserErrorCode::NotFound);
    })
    .await;
}

/// How many rows each table has.
async fn row_counts(app: &TestApp) -> Vec<(String, i64)> {
    let db = app.app.db().reader();
    let backend = db.get_database_backend();
    let list = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    };
    let tables = db.query_all_raw(Statement::from_string(backend, list)).await.unwrap();
    let mut counts = Vec::new();
    for table in tables {
        let name: String = table.try_get("", "name").unwrap();
        let count = Statement::from_string(backend, format!("SELECT count(*) AS n FROM \"{name}\""));
        let row = db.query_one_raw(count).await.unwrap().unwrap();
        counts.push((name, row.try_get("", "n").unwrap()));
    }
    counts
}

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    on_both(async |app| {
        let owner = app.owner().await;
        let one = |handle, title, price| [("Handle", handle), ("Title", title), ("Variant Price", price)];
        import_well(app, &[&one("same", "Same", "1"), &one("other", "Other", "1")]).await;
        import_well(app, TENT).await;
        let (before, tent) = (row_counts(app).await, product(&owner, "ridge-tent").await);
        assert!(before.len() > 15);
        let rows =
            [one("same", "Same", "1"), one("other", "Another", "2"), one("new", "New", "1"), one("bad", "Bad", "x")];
        let rows: Vec<Row<'_>> = rows.iter().map(|row| row.as_slice()).collect();
        let options = ImportOptions { channel: None, is_dry_run: true };

        let report = import_with(app, csv(&rows), &options).await;
        let dropped = import_with(app, csv(&TENT[..1]), &options).await;

        assert_eq!(report.counts(), [1, 1, 1, 1]);
        assert_eq!(dropped.counts(), [0, 1, 0, 0]);
        assert_eq!(row_counts(app).await, before);
        assert_eq!(product(&owner, "other").await["name"], "Other");
        assert_eq!(product(&owner, "new").await, Value::Null);
        assert_eq!(product(&owner, "ridge-tent").await, tent);
    })
    .await;
}
