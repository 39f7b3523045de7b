//! Importing product files: what goes in, what comes of it the second time, and what is refused.

mod again;
mod channel;
mod content;
mod errors;
mod history;
mod lines;
mod prices;
mod race;
mod returning;
mod scale;
mod status;
mod stock;
mod variants;

use std::io::Cursor;

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tradepost::auth::Actor;
use tradepost::entity::{event, stock_movement};
use tradepost::transfer::{ImportOptions, Progress, Summary};

use crate::support::{Client, TestApp};

pub use channel::to_channel;
pub use content::TENT;

/// The cells of one row that matter to a test, by their columns.
pub type Row<'a> = &'a [(&'a str, &'a str)];

/// A file with just the columns that its rows name, in the order in which they first appear.
pub fn csv(rows: &[Row<'_>]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().copied().flatten() {
        if !columns.contains(column) {
            columns.push(column);
        }
    }
    let line = |row: &Row<'_>| {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| *cell);
        columns.iter().map(|column| quoted(cell(column))).collect::<Vec<_>>().join(",")
    };
    let header = columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(",");
    std::iter::once(header).chain(rows.iter().map(line)).map(|line| line + "\n").collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// What an import reported.
#[derive(Debug)]
pub struct Report {
    pub summary: Summary,
    /// As people read them.
    pub errors: Vec<String>,
}

impl Report {
    /// Created, updated, unchanged, failed.
    pub fn counts(&self) -> [u64; 4] {
        let Summary { created, updated, unchanged, failed } = self.summary;
        assert!(failed > 0 || self.errors.is_empty(), "{self:?}");
        [created, updated, unchanged, failed]
    }
}

pub async fn import_with(app: &TestApp, file: String, options: &ImportOptions) -> Report {
    let mut errors = Vec::new();
    let observe = |progress: Progress<'_>| {
        if let Progress::Failed(found) = progress {
            errors.extend(found.iter().map(ToString::to_string));
        }
    };
    let summary = app.app.imports.import_shopify(&Actor::System, Cursor::new(file), options, observe).await.unwrap();
    Report { summary, errors }
}

/// Imports rows into the default channel.
async fn import(app: &TestApp, rows: &[Row<'_>]) -> Report {
    import_with(app, csv(rows), &ImportOptions::default()).await
}

/// Imports rows that hold nothing wrong, and gives created, updated, unchanged.
pub async fn import_well(app: &TestApp, rows: &[Row<'_>]) -> [u64; 3] {
    let report = import(app, rows).await;
    assert_eq!(report.errors, Vec::<String>::new());
    let [created, updated, unchanged, _] = report.counts();
    [created, updated, unchanged]
}

/// Everything about a product that an import can write.
const PRODUCT: &str = "query($slug: String!, $channel: String) { productBySlug(slug: $slug, channel: $channel) {
    id slug name description status vendor type tags version updatedAt
    seo { title description } metadata { key value } externalId
    options { id name values { id name } }
    images { id url altText }
    variants { id sku barcode status selectedOptions { name value }
        price { amount currency } compareAtPrice { amount } weight { grams unit }
        requiresShipping isTaxable image { url } images { id url } content { amount unit }
        unitPriceReference { amount unit } tracksStock backorderLimit
        stockLevels { onHand } metadata { key value } } } }";

/// A product as staff see it; null if there is none.
pub async fn product(staff: &Client, slug: &str) -> Value {
    staff.run(PRODUCT, json!({ "slug": slug })).await.at("/productBySlug").clone()
}

/// The SKUs of a product as shoppers see it; `None` if they do not.
async fn skus_for_shoppers(app: &TestApp, slug: &str) -> Option<Vec<Value>> {
    const QUERY: &str = "query($slug: String!) { productBySlug(slug: $slug) { variants { sku } } }";
    let reply = app.anonymous().run(QUERY, json!({ "slug": slug })).await;
    let product = reply.at("/productBySlug");
    (!product.is_null()).then(|| each(&product["variants"], "/sku"))
}

/// The values at a JSON pointer of each item of a list.
fn each(list: &Value, pointer: &str) -> Vec<Value> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item.pointer(pointer).cloned().unwrap_or_default()).collect()
}

/// The variants that are not archived.
fn live(product: &Value) -> Vec<Value> {
    let variants = product["variants"].as_array().unwrap().iter();
    variants.filter(|variant| variant["status"] != "ARCHIVED").cloned().collect()
}

/// The variant of these option values.
fn variant<'a>(product: &'a Value, values: &[&str]) -> &'a Value {
    let wanted: Vec<Value> = values.iter().map(|value| json!(value)).collect();
    let variants = product["variants"].as_array().unwrap();
    let found = variants.iter().find(|variant| each(&variant["selectedOptions"], "/value") == wanted);
    found.unwrap_or_else(|| panic!("there is no variant {values:?} in {product}"))
}

async fn count_events(app: &TestApp) -> u64 {
    event::Entity::find().count(app.app.db().reader()).await.unwrap()
}

async fn count_movements(app: &TestApp) -> u64 {
    stock_movement::Entity::find().count(app.app.db().reader()).await.unwrap()
}
