//! Catalogues that come from elsewhere, or go there.
//!
//! A reader turns a file into [`product_record::ProductRecord`]s and touches nothing; [`ImportService`] brings the
//! shop to what the records say. Each product is all or nothing, a bad one never holds up the others, and importing
//! the same file again changes nothing. What [`ExportService`] writes is such a file.

mod export;
mod import;
mod known;
mod overlay;
pub mod product_record;
pub mod shopify;
mod table;

pub use export::{ExportService, Part, ProductExport};
pub use import::{ImportOptions, ImportService, Outcome, Progress, Summary};
