//! The columns of a variant and its price in the order in which they are read, for statements written by hand.

use sea_orm::{QueryResult, TryGetable};
use serde_json::Value;

use crate::catalog::variant::loader::PricedVariant;
use crate::entity::{product_variant, variant_price};
use crate::error::Result;
use crate::id::ProductVariantId;

/// What [`read`] takes, but for the id and what follows.
pub const COLUMNS: &str = "variant.product_id, variant.status, variant.sku, variant.barcode, variant.weight_grams,
    variant.weight_unit, variant.requires_shipping, variant.is_taxable, variant.tracks_stock,
    variant.backorder_limit, variant.media_id, variant.content_micro, variant.content_unit,
    variant.reference_micro, variant.reference_unit, variant.external_id, variant.created_at, variant.updated_at,
    price.channel_id, price.price_minor, price.compare_at_minor, price.since";

/// The documents, which most pages do not show.
pub const METADATA: &str = "variant.metadata, variant.private_metadata";
pub const NO_METADATA: &str = "NULL, NULL";

/// How many columns these are.
pub const WIDTH: usize = 24;

/// Reads a variant from the columns that begin at a place. What only its service needs is blank.
pub fn read(row: &QueryResult, id: ProductVariantId, first: usize) -> Result<PricedVariant> {
    let mut columns = Columns { row, at: first };
    let variant = product_variant::Model {
        id,
        product_id: columns.next()?,
        position: 0,
        status: columns.next()?,
        option_key: String::new(),
        sku: columns.next()?,
        sku_key: None,
        barcode: columns.next()?,
        weight_grams: columns.next()?,
        weight_unit: columns.next()?,
        requires_shipping: columns.next()?,
        is_taxable: columns.next()?,
        tracks_stock: columns.next()?,
        backorder_limit: columns.next()?,
        media_id: columns.next()?,
        content_micro: columns.next()?,
        content_unit: columns.next()?,
        reference_micro: columns.next()?,
        reference_unit: columns.next()?,
        external_id: columns.next()?,
        created_at: columns.next()?,
        updated_at: columns.next()?,
        metadata: Value::Null,
        private_metadata: Value::Null,
    };
    let price = match columns.next()? {
        Some(channel_id) => Some(variant_price::Model {
            variant_id: id,
            channel_id,
            price_minor: columns.next()?,
            compare_at_minor: columns.next()?,
            since: columns.next()?,
        }),
        None => None,
    };
    columns.at = first + WIDTH - 2;
    let metadata = columns.next::<Option<Value>>()?.unwrap_or_default();
    let private_metadata = columns.next::<Option<Value>>()?.unwrap_or_default();
    Ok((product_variant::Model { metadata, private_metadata, ..variant }, price))
}

/// Takes the columns of a row one after the other.
struct Columns<'a> {
    row: &'a QueryResult,
    at: usize,
}

impl Columns<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T> {
        let value = self.row.try_get_by_index(self.at)?;
        self.at += 1;
        Ok(value)
    }
}
