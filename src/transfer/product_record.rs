//! What a reader of any product file yields: one product as the file states it, nothing looked up in the shop.
//!
//! Invariants:
//! - A [`Cell`] keeps "the file has no such column" apart from "the cell is empty": the first keeps what the shop has,
//!   the second clears it.
//! - Prices are text that is known to be a plain decimal; the channel's currency decides what amount it is.
//! - Every part knows its physical line (1-based), so that a later refusal can point at the file.
//! - A record is whole: a product with any error is never yielded in part.

pub use crate::entity::publication_status::PublicationStatus;
pub use crate::entity::weight_unit::WeightUnit;
pub use crate::transfer::table::{Cell, Located, RowError};

/// A product with its variants and images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRecord {
    /// The line on which the product's first row begins.
    pub line: u64,
    /// Trimmed and otherwise as written; not yet known to be a valid slug.
    pub handle: String,
    pub title: String,
    pub body_html: Cell<String>,
    pub vendor: Cell<String>,
    pub product_type: Cell<String>,
    /// Without repetitions, in the order of the file.
    pub tags: Cell<Vec<String>>,
    /// Without a value the product keeps its status, unless `published` says something of it; a new one is active.
    pub status: Cell<PublicationStatus>,
    /// Whether it is published, of which a status says more.
    pub published: Cell<bool>,
    pub seo_title: Cell<String>,
    pub seo_description: Cell<String>,
    /// The names of the options, at most five. `Missing`: the file says nothing of options, and variants can only be
    /// told apart by their SKU. `Empty`: the product has a single variant.
    pub options: Cell<Vec<String>>,
    /// Empty if the file has no column about variants, or says nothing of any.
    pub variants: Vec<VariantRecord>,
    /// In the order of display, each address once. `Missing`: the file has no column of product images, though a
    /// variant may still name one.
    pub images: Cell<Vec<ImageRecord>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRecord {
    pub line: u64,
    /// One for each of the product's options, in their order.
    pub option_values: Vec<String>,
    pub sku: Cell<String>,
    pub barcode: Cell<String>,
    pub weight_grams: Cell<i64>,
    /// How the weight is shown; `weight_grams` is in grams all the same.
    pub weight_unit: Cell<WeightUnit>,
    /// Never `Empty`: an empty cell says that the stock is not tracked.
    pub tracks_inventory: Cell<bool>,
    pub quantity: Cell<i64>,
    pub continue_selling: Cell<bool>,
    pub price: Cell<Located<String>>,
    pub compare_at_price: Cell<Located<String>>,
    pub requires_shipping: Cell<bool>,
    pub taxable: Cell<bool>,
    /// Among the product's images, unless the file has no column of these.
    pub image_url: Cell<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRecord {
    pub line: u64,
    pub url: String,
    pub alt_text: Cell<String>,
    /// As the file states it; the list that holds the image is in this order already.
    pub position: Cell<u32>,
}
