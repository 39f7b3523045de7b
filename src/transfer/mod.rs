//! Catalogues that come from elsewhere, or go there.
//!
//! A reader turns a file into [`product_record::ProductRecord`]s and touches nothing; [`ImportService`] brings the
//! shop to what the records say. Each product is all or nothing, a bad one never holds up the others, and importing
//! the same file again changes nothing. What [`ExportService`] writes is such a file.
//!
//! Prices and counts of stock come in files of lines, each about one variant that its SKU names: a bad line never holds
//! up the others.

mod amount;
mod attempt;
mod background;
mod export;
mod import;
mod known;
mod known_by_sku;
mod line;
mod line_import;
mod overlay;
mod price_import;
pub mod product_record;
pub mod shopify;
mod stock_import;
mod table;

pub use export::{ExportService, Part, ProductExport};
pub use import::{ImportOptions, ImportService, Outcome, Progress, Summary};
pub use stock_import::StockImportOptions;
