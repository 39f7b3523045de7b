//! The variant that a row states, if it states one.

use super::cell;
use super::header::{Column, Header};
use super::option::{self, Options};
use super::row::RowReading;
use crate::transfer::product_record::{Cell, Located, VariantRecord};

/// A row with one of these states a variant, even beside an image.
const DECISIVE: [Column; 2] = [Column::Price, Column::Sku];

/// A row with one of these and no image states a variant. Beside an image, a program may have filled them in by itself.
const SUPPORTING: [Column; 5] =
    [Column::Barcode, Column::CompareAtPrice, Column::Quantity, Column::Grams, Column::VariantImage];

/// What programs fill in on every row, so that it says nothing of a variant by itself.
const AUTOMATIC: [Column; 5] =
    [Column::Tracker, Column::Policy, Column::RequiresShipping, Column::Taxable, Column::WeightUnit];

/// Whether the file says anything of variants.
pub(super) fn has_column(header: &Header) -> bool {
    option::has_column(header) || DECISIVE.iter().chain(&SUPPORTING).chain(&AUTOMATIC).any(|column| header.has(*column))
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
        price: price(row, Column::Price),
        compare_at_price: price(row, Column::CompareAtPrice),
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

fn price(row: &mut RowReading<'_>, column: Column) -> Cell<Located<String>> {
    let (line, name) = (row.row.line, row.header.name(column).cloned().unwrap_or_default());
    row.read(column, cell::decimal).map(|value| Located { value, line, column: name })
}
