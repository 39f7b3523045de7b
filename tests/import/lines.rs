//! Files of lines about variants, as the tests of prices and of stock import them.

use std::io::Cursor;

use tradepost::auth::Actor;
use tradepost::transfer::{ImportOptions, Progress, StockImportOptions, Summary};

use crate::support::{Client, TestApp, fixture};

/// What an import of lines reported.
#[derive(Debug, Default)]
pub struct LineReport {
    summary: Summary,
    /// As people read them.
    pub errors: Vec<String>,
    pub unused: Vec<String>,
}

impl LineReport {
    /// Updated, unchanged, failed.
    pub fn counts(&self) -> [u64; 3] {
        let Summary { created, updated, unchanged, failed } = self.summary;
        assert_eq!(created, 0, "{self:?}");
        assert!(failed > 0 || self.errors.is_empty(), "{self:?}");
        [updated, unchanged, failed]
    }

    fn note(&mut self, progress: &Progress<'_>) {
        match progress {
            Progress::Done(_) => {}
            Progress::Failed(errors) => self.errors.extend(errors.iter().map(ToString::to_string)),
            Progress::Unused(columns) => self.unused.extend(columns.iter().cloned()),
        }
    }
}

pub async fn import_prices(app: &TestApp, file: &str, options: &ImportOptions) -> LineReport {
    let (mut report, file) = (LineReport::default(), Cursor::new(file.to_owned()));
    let summary = app.app.imports.import_prices(&Actor::System, file, options, |progress| report.note(&progress)).await;
    LineReport { summary: summary.unwrap(), ..report }
}

pub async fn import_stock(app: &TestApp, file: &str, options: &StockImportOptions) -> LineReport {
    let (mut report, file) = (LineReport::default(), Cursor::new(file.to_owned()));
    let summary = app.app.imports.import_stock(&Actor::System, file, options, |progress| report.note(&progress)).await;
    LineReport { summary: summary.unwrap(), ..report }
}

/// Imports prices of the default channel in which nothing is wrong, and gives updated and unchanged.
pub async fn price(app: &TestApp, file: &str) -> [u64; 2] {
    let report = import_prices(app, file, &ImportOptions::default()).await;
    assert_eq!((&report.errors, &report.unused), (&Vec::new(), &Vec::new()));
    let [updated, unchanged, _] = report.counts();
    [updated, unchanged]
}

/// Imports counts of the default location in which nothing is wrong, and gives updated and unchanged.
pub async fn count(app: &TestApp, file: &str) -> [u64; 2] {
    let report = import_stock(app, file, &StockImportOptions::default()).await;
    assert_eq!((&report.errors, &report.unused), (&Vec::new(), &Vec::new()));
    let [updated, unchanged, _] = report.counts();
    [updated, unchanged]
}

/// Creates a product with a variant of each SKU, each at 10.00 before 15.00 and with 5 units, and gives its id.
pub async fn product_of(staff: &Client, name: &str, skus: &[&str]) -> String {
    let variant = |sku: &&str| {
        serde_json::json!({
            "optionValues": [{ "option": "Kind", "value": sku }], "sku": sku, "price": "10.00",
            "compareAtPrice": "15.00", "stock": 5,
        })
    };
    let variants: Vec<_> = skus.iter().map(variant).collect();
    let options = serde_json::json!([{ "name": "Kind", "values": skus }]);
    let input = serde_json::json!({ "name": name, "options": options, "variants": variants });
    fixture::product(staff, input).await
}
