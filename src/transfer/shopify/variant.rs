//! The variant that a row states, if it states one.

use super::column::{Column, RowReading};
use super::option::{self, Options};
use crate::transfer::product_record::{Cell, VariantRecord};
use crate::transfer::table::cell;

/// A row with one of these states a variant, even beside an image.
const DECISIVE: [Column; 2] = [Column::Price, Column::Sku];

/// A row with one of these and no image states a variant. Beside an image, a program may have filled them in by itself.
const SUPPORTING: [Column; 5] =
    [Column::Barcode, Column::CompareAtPrice, Column::Quantity, Column::Grams, Column::VariantImage];

/// What programs fill in on every row, so that it says nothing of a variant by itself.
const AUTOMATIC: [Column; 5] =
    [Column::Tracker, Column::Policy, Column::RequiresShipping, Column::Taxable, Column::WeightUnit];

/// Whether a product's first row states a variant, as it does in every file that says anything of variants. Only where
/// even the inventory policy is left empty, which each variant has, the product has none.
pub(super) fn is_expected(first: &RowReading<'_>) -> bool {
    let mut columns = DECISIVE.iter().chain(&SUPPORTING).chain(&AUTOMATIC);
    if first.header.has(Column::Policy) {
        return option::has_value(first) || columns.any(|column| first.has_value(*column));
    }
    option::has_column(first.header) || columns.any(|column| first.header.has(*column))
}

/// Whether a row after the first states a variant, and not only an image.
pub(super) fn is_stated(row: &RowReading<'_>) -> bool {
    let any = |columns: &[Column]| columns.iter().any(|column| row.has_value(*column));
    option::has_value(row) || any(&DECISIVE) || (!row.has_value(Column::ImageUrl) && any(&SUPPORTING))
}

pub(super) fn read(options: &Options, row: &mut RowReading<'_>) -> VariantRecord {
    VariantRecord {
        line: row.row.line,
        option_values: options.values(row),
        sku: row.read(Column::Sku, cell::code),
        barcode: row.read(Column::Barcode, cell::barcode),
        weight_grams: row.read(Column::Grams, cell::grams),
        weight_unit: row.read(Column::WeightUnit, cell::weight_unit),
        tracks_inventory: tracks_inventory(row),
        quantity: row.read(Column::Quantity, cell::integer),
        continue_selling: row.read(Column::Policy, cell::policy),
        price: row.located(Column::Price, cell::decimal),
        compare_at_price: row.located(Column::CompareAtPrice, cell::decimal),
        requires_shipping: row.read(Column::RequiresShipping, cell::boolean),
        taxable: row.read(Column::Taxable, cell::boolean),
        image_url: row.read(Column::VariantImage, cell::web_address),
    }
}

/// The cell names who keeps count of the stock: anybody at all means that somebody does.
fn tracks_inventory(row: &RowReading<'_>) -> Cell<bool> {
    match row.get(Column::Tracker) {
        Cell::Missing => Cell::Missing,
        Cell::Empty => Cell::Value(false),
        Cell::Value(tracker) => Cell::Value(cell::boolean(tracker).unwrap_or(true)),
    }
}
