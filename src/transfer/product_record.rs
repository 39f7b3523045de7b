//! What a reader of any product file yields: one product as the file states it, nothing looked up in the shop.
//!
//! Invariants:
//! - A [`Cell`] keeps "the file has no such column" apart from "the cell is empty": the first keeps what the shop has,
//!   the second clears it.
//! - Prices are text that is known to be a plain decimal; the channel's currency decides what amount it is.
//! - Every part knows its physical line (1-based), so that a later refusal can point at the file.
//! - A record is whole: a product with any error is never yielded in part.

use std::fmt;
use std::sync::Arc;

pub use crate::entity::publication_status::PublicationStatus;
pub use crate::entity::weight_unit::WeightUnit;

/// A value in a file, with the two ways in which it may be absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cell<T> {
    /// The file has no such column: what the shop has is kept.
    #[default]
    Missing,
    /// The column is there and the cell is empty: what the shop has is cleared.
    Empty,
    Value(T),
}

impl<T> Cell<T> {
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The value, where it does not matter why there is none.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Missing | Self::Empty => None,
        }
    }

    pub fn as_ref(&self) -> Cell<&T> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Empty => Cell::Empty,
            Self::Value(value) => Cell::Value(value),
        }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Empty => Cell::Empty,
            Self::Value(value) => Cell::Value(change(value)),
        }
    }
}

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
    /// Never `Empty`. Where it is `Missing`, a new product is active.
    pub status: Cell<PublicationStatus>,
    pub seo_title: Cell<String>,
    pub seo_description: Cell<String>,
    /// The names of the options, at most three. `Missing`: the file says nothing of options, and variants can only be
    /// told apart by their SKU. `Empty`: the product has a single variant.
    pub options: Cell<Vec<String>>,
    /// Empty only if the file has no column about variants.
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

/// A value that is judged later and remembers where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub line: u64,
    /// The column's name as the file's header writes it.
    pub column: Arc<str>,
}

impl<T> Located<T> {
    /// The error that refuses this value.
    pub fn refuse(&self, handle: &str, message: impl Into<String>) -> RowError {
        RowError {
            line: self.line,
            column: Some(self.column.to_string()),
            handle: Some(handle.to_owned()),
            message: message.into(),
        }
    }
}

/// Something in the file that a person must mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    pub line: u64,
    /// The column's name as the file's header writes it.
    pub column: Option<String>,
    pub handle: Option<String>,
    /// A full sentence; it repeats neither line, column nor handle.
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column “{column}”")?;
        }
        if let Some(handle) = &self.handle {
            write!(f, ", product “{handle}”")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for RowError {}

impl RowError {
    /// An error about a line as a whole.
    pub fn at(line: u64, message: impl Into<String>) -> Self {
        Self { line, column: None, handle: None, message: message.into() }
    }
}
