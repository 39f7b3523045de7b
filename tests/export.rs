//! Exporting products: what the file says, and that importing it gives the same shop.

mod content;
mod generated;
mod round_trip;
mod scale;

use serde_json::{Value, json};
use tradepost::transfer::ImportOptions;

use crate::import::{Report, import_with};
use crate::support::{Client, TestApp, fixture};

/// The file with the prices of a channel.
async fn export_from(app: &TestApp, channel: Option<&str>) -> String {
    let mut export = app.app.exports.shopify(channel).await.unwrap();
    let (mut file, mut products) = (Vec::new(), 0);
    while let Some(part) = export.next().await.unwrap() {
        file.extend(part.text);
        products += part.products;
    }
    assert_eq!(products, export.total());
    String::from_utf8(file).unwrap()
}

async fn export(app: &TestApp) -> String {
    export_from(app, None).await
}

/// Imports a file in which nothing is wrong, and gives created, updated, unchanged.
async fn import(app: &TestApp, file: &str) -> [u64; 3] {
    let report = import_with(app, file.to_owned(), &ImportOptions::default()).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let [created, updated, unchanged, _] = Report::counts(&report);
    [created, updated, unchanged]
}

/// Exports, and checks that the file changes nothing here and gives the same file in an empty shop, which is on SQLite
/// even where this one is not.
async fn assert_round_trip(app: &TestApp) -> String {
    let file = export(app).await;
    let products = app.app.exports.shopify(None).await.unwrap().total();
    assert_eq!(import(app, &file).await, [0, 0, products], "{file}");
    let other = TestApp::on_sqlite().await;
    assert_eq!(import(&other, &file).await, [products, 0, 0], "{file}");
    assert_eq!(export(&other).await, file);
    file
}

/// The cells of each row by their columns, without the empty ones.
fn rows(file: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header = reader.headers().unwrap().clone();
    let cells = |row: csv::StringRecord| {
        let cells = header.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty());
        cells.map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// The cells of a column, one for each row.
fn column(file: &str, name: &str) -> Vec<String> {
    let cell = |row: Vec<(String, String)>| row.into_iter().find(|(column, _)| column == name).map(|(_, cell)| cell);
    rows(file).into_iter().map(|row| cell(row).unwrap_or_default()).collect()
}

/// Creates a product in which nothing is wrong, and gives its id.
async fn create(staff: &Client, change: Value) -> String {
    let reply = fixture::create_product(staff, change).await;
    assert_eq!(reply.user_errors(), Vec::<String>::new());
    reply.text("/productCreate/product/id")
}

/// A variant of a size.
fn sized(size: &str) -> Value {
    json!({ "optionValues": [{ "option": "Size", "value": size }], "price": "10.00" })
}
