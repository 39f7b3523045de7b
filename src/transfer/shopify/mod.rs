//! Reads a Shopify product export, one product at a time, and writes one.
//!
//! Invariants:
//! - A product's rows stand together under one handle. The first row has the product's own fields; a later row adds a
//!   variant, an image or both.
//! - The classic header (`Handle`, `Variant Price`, …) and the newer one (`URL handle`, `Price`, …) are understood,
//!   also mixed; unknown columns are ignored.
//! - All errors of a product are reported together, the product is left out, and reading goes on with the next one.
//!   Only what makes the rest of the file unreadable ends it.
//! - Memory holds one product, within [`limits`], and a few bytes for each handle that was seen.

mod column;
mod group;
mod handles;
mod image;
pub mod limits;
mod option;
mod reader;
mod variant;
mod writer;

#[cfg(test)]
mod tests;

pub use reader::ShopifyReader;
pub use writer::ShopifyWriter;
