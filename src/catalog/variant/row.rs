//! The columns of a variant and its price in the order in which they are read, for statements written by hand.

use crate::catalog::variant::loader::PricedVariant;
use crate::clock::Timestamp;
use crate::db::{Cells, JsonText};
use crate::entity::{product_variant, variant_price};
use crate::error::Result;

/// What [`read`] takes. The documents are left out where nobody asks for them.
pub fn columns(json: JsonText, has_metadata: bool) -> String {
    let id = |column: &str| json.id(column);
    let documents = match has_metadata {
        true => "CAST(variant.metadata AS text), CAST(variant.private_metadata AS text)",
        false => "NULL, NULL",
    };
    format!(
        "{}, {}, variant.status, variant.sku, variant.barcode, variant.weight_grams, variant.weight_unit,
         variant.requires_shipping, variant.is_taxable, {}, variant.tracks_stock, variant.backorder_limit, {},
         variant.content_micro, variant.content_unit, variant.reference_micro, variant.reference_unit,
         variant.external_id, variant.created_at, variant.updated_at, {documents},
         {}, price.price_minor, price.compare_at_minor, price.since",
        id("variant.id"),
        id("variant.product_id"),
        id("variant.tax_class_id"),
        id("variant.media_id"),
        id("price.channel_id"),
    )
}

/// Reads a variant. What only its service needs is blank.
pub fn read(cells: &mut Cells) -> Result<PricedVariant> {
    let variant = product_variant::Model {
        id: cells.id()?,
        product_id: cells.id()?,
        position: 0,
        status: cells.word()?,
        option_key: String::new(),
        sku: cells.take()?,
        sku_key: None,
        barcode: cells.take()?,
        weight_grams: cells.take()?,
        weight_unit: cells.word()?,
        requires_shipping: cells.take()?,
        is_taxable: cells.take()?,
        tax_class_id: cells.optional_id()?,
        tracks_stock: cells.take()?,
        backorder_limit: cells.take()?,
        media_id: cells.optional_id()?,
        content_micro: cells.take()?,
        content_unit: cells.optional_word()?,
        reference_micro: cells.take()?,
        reference_unit: cells.optional_word()?,
        external_id: cells.take()?,
        created_at: Timestamp::from_micros(cells.take()?),
        updated_at: Timestamp::from_micros(cells.take()?),
        metadata: cells.document()?,
        private_metadata: cells.document()?,
    };
    let price = match cells.optional_id()? {
        Some(channel_id) => Some(variant_price::Model {
            variant_id: variant.id,
            channel_id,
            price_minor: cells.take()?,
            compare_at_minor: cells.take()?,
            since: Timestamp::from_micros(cells.take()?),
        }),
        None => None,
    };
    Ok((variant, price))
}
