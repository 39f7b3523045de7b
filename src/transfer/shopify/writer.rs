//! Writes products as the format lays them out: a row for each variant, the product's own cells and the names of its
//! options on the first row, and the images side by side with the variants, on rows of their own where they are more.
//!
//! The reader takes what is written here for what it was, but for these:
//! - Line ends become LF, and null characters, which no file may hold, are left out.
//! - A space in a picture's address becomes `%20`.
//! - An option called "Title" whose only value is "Default Title" is how the format says that there is none.
//!
//! A code that a spreadsheet would take for a number or a formula has an apostrophe before it, which the reader takes
//! off. Other texts stand as they are: a mark before those that begin with `=` would become part of them wherever the
//! file is imported, so whoever opens a file of texts by strangers in a spreadsheet should import it there as text.

use std::borrow::Cow;

use csv::Writer;

use super::column::Column;
use super::option::{DEFAULT_NAME, DEFAULT_VALUE, SLOTS};
use crate::catalog::product::spec::{ImageSpec, OptionSpec, ProductSpec};
use crate::catalog::variant::spec::VariantSpec;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::error::{Error, Result};
use crate::money::{Currency, Money};
use crate::transfer::table::Column as _;

/// What the format has room for without our addition to it.
const USUAL_OPTIONS: usize = 3;

pub struct ShopifyWriter {
    columns: Vec<Column>,
    currency: Currency,
}

impl ShopifyWriter {
    /// For products of at most so many options, with prices in the currency.
    pub fn new(options: usize, currency: Currency) -> Self {
        let unused = SLOTS.iter().skip(options.max(USUAL_OPTIONS)).flat_map(|slot| [slot.name, slot.value]);
        let unused: Vec<Column> = unused.collect();
        let columns = Column::NAMES.iter().map(|(column, _)| *column).filter(|column| !unused.contains(column));
        Self { columns: columns.collect(), currency }
    }

    pub fn header(&self) -> Result<Vec<u8>> {
        let mut writer = Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| column.name())).map_err(Error::internal)?;
        finish(writer)
    }

    /// The rows of some products, in their order.
    pub fn rows<'a>(&self, products: impl Iterator<Item = &'a ProductSpec>) -> Result<Vec<u8>> {
        let mut writer = Writer::from_writer(Vec::new());
        for product in products {
            for place in 0..product.variants.len().max(product.images.len()).max(1) {
                let row = self.row(product, place);
                writer.write_record(self.columns.iter().map(|column| row.get(*column))).map_err(Error::internal)?;
            }
        }
        finish(writer)
    }

    fn row<'a>(&self, product: &'a ProductSpec, place: usize) -> Row<'a> {
        let mut row = Row::default();
        row.set(Column::Handle, product.slug.as_str());
        if place == 0 {
            row.product(product);
        }
        if let Some(variant) = product.variants.get(place) {
            row.variant(variant, self.currency);
        }
        if let Some(image) = product.images.get(place) {
            row.image(image, place + 1);
        }
        row
    }
}

fn finish(writer: Writer<Vec<u8>>) -> Result<Vec<u8>> {
    writer.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// The cells of a row by their columns; those that are not set are empty.
struct Row<'a>(Vec<Cow<'a, str>>);

impl Default for Row<'_> {
    fn default() -> Self {
        Self(vec![Cow::Borrowed(""); Column::NAMES.len()])
    }
}

impl<'a> Row<'a> {
    fn set(&mut self, column: Column, text: impl Into<Cow<'a, str>>) {
        if let Some(cell) = self.0.get_mut(column.place()) {
            *cell = text.into();
        }
    }

    fn set_text(&mut self, column: Column, value: Option<&'a String>) {
        self.set(column, value.map_or(Cow::Borrowed(""), |value| text(value)));
    }

    fn get(&self, column: Column) -> &str {
        self.0.get(column.place()).map_or("", AsRef::as_ref)
    }

    fn product(&mut self, product: &'a ProductSpec) {
        self.set_text(Column::Title, Some(&product.name));
        self.set_text(Column::Body, Some(&product.description));
        self.set_text(Column::Vendor, product.vendor.as_ref());
        self.set_text(Column::Type, product.product_type.as_ref());
        self.set(Column::Tags, text(&product.tags.join(", ")).into_owned());
        self.set(Column::Published, truth(product.status == PublicationStatus::Active));
        self.set_text(Column::SeoTitle, product.seo_title.as_ref());
        self.set_text(Column::SeoDescription, product.seo_description.as_ref());
        self.set(Column::Status, status(product.status));
        if !product.variants.is_empty() {
            self.option_names(&product.options);
        }
    }

    fn option_names(&mut self, options: &'a [OptionSpec]) {
        if options.is_empty() {
            self.set(Column::Option1Name, DEFAULT_NAME);
        }
        for (slot, option) in SLOTS.iter().zip(options) {
            self.set_text(slot.name, Some(&option.name));
        }
    }

    fn variant(&mut self, variant: &'a VariantSpec, currency: Currency) {
        if variant.values.is_empty() {
            self.set(Column::Option1Value, DEFAULT_VALUE);
        }
        for (slot, value) in SLOTS.iter().zip(&variant.values) {
            self.set_text(slot.value, Some(value));
        }
        self.set(Column::Sku, code(variant.sku.as_deref().unwrap_or_default()));
        self.set(Column::Barcode, code(variant.barcode.as_deref().unwrap_or_default()));
        self.set(Column::Grams, variant.weight_grams.map(|grams| grams.to_string()).unwrap_or_default());
        self.set(Column::WeightUnit, weight_unit(variant.weight_unit));
        self.set(Column::Tracker, if variant.tracks_stock { "shopify" } else { "" });
        self.set(Column::Quantity, variant.on_hand.unwrap_or(0).to_string());
        self.set(Column::Policy, if variant.backorder_limit.is_none() { "continue" } else { "deny" });
        self.set(Column::RequiresShipping, truth(variant.requires_shipping));
        self.set(Column::Taxable, truth(variant.is_taxable));
        self.set(Column::VariantImage, variant.images.first().map(|url| address(url)).unwrap_or_default());
        let amount = |minor: i64| Money::from_minor(minor, currency).to_string();
        if let Some(price) = &variant.price {
            self.set(Column::Price, amount(price.price_minor));
            self.set(Column::CompareAtPrice, price.compare_at_minor.map(amount).unwrap_or_default());
        }
    }

    fn image(&mut self, image: &'a ImageSpec, position: usize) {
        self.set(Column::ImageUrl, address(&image.url));
        self.set(Column::ImagePosition, position.to_string());
        self.set_text(Column::ImageAltText, image.alt_text.as_ref());
    }
}

fn text(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\0']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', ""))
}

/// An SKU or barcode, kept from what spreadsheets do to numbers and formulas.
fn code(code: &str) -> Cow<'_, str> {
    let is_number = code.starts_with(|mark: char| mark.is_ascii_digit() || mark == '.') && code.parse::<f64>().is_ok();
    if is_number || code.starts_with(['\'', '=', '+', '-', '@']) {
        return Cow::Owned(format!("'{}", text(code)));
    }
    text(code)
}

fn address(url: &str) -> Cow<'_, str> {
    if !url.contains(char::is_whitespace) {
        return Cow::Borrowed(url);
    }
    Cow::Owned(url.replace(char::is_whitespace, "%20"))
}

const fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

const fn status(status: PublicationStatus) -> &'static str {
    match status {
        PublicationStatus::Active => "active",
        PublicationStatus::Draft => "draft",
        PublicationStatus::Archived => "archived",
    }
}

const fn weight_unit(unit: WeightUnit) -> &'static str {
    match unit {
        WeightUnit::G => "g",
        WeightUnit::Kg => "kg",
        WeightUnit::Oz => "oz",
        WeightUnit::Lb => "lb",
    }
}
