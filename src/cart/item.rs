//! What carts know of a variant: what it costs before promotions, whether it is sold, how many there are.

use crate::db::{Cells, JsonText};
use crate::error::Result;
use crate::id::{ProductId, ProductVariantId, TaxClassId};

/// A variant in the channel of a cart.
#[derive(Clone, Debug)]
pub struct Item {
    pub variant: ProductVariantId,
    pub product: ProductId,
    /// What its product is called.
    pub name: String,
    pub weight_grams: i64,
    pub requires_shipping: bool,
    pub is_taxable: bool,
    pub tax_class: Option<TaxClassId>,
    /// What one unit costs; `None` where shoppers cannot buy it at the moment.
    pub base: Option<i64>,
    tracks_stock: bool,
    backorder_limit: Option<i64>,
    units: i64,
}

impl Item {
    /// How many units can be sold; `None` where there is no end to them.
    pub fn available(&self) -> Option<i64> {
        let limit = self.backorder_limit.filter(|_| self.tracks_stock)?;
        Some(self.units.saturating_add(limit).max(0))
    }
}

/// The columns that [`read_item`] takes, of the tables of [`item_tables`]. `now` is the mark of the instant.
pub fn item_columns(json: JsonText, now: &str) -> String {
    format!(
        "{}, {}, product.name, variant.weight_grams, variant.requires_shipping, variant.is_taxable, {},
         variant.tracks_stock, variant.backorder_limit,
         CASE WHEN variant.status = 'ACTIVE' AND listing.is_published AND listing.published_from <= {now}
              AND listing.published_until > {now} THEN price.price_minor END,
         (SELECT CAST(COALESCE(SUM(level.on_hand - level.allocated), 0) AS bigint)
          FROM stock_level AS level WHERE level.variant_id = variant.id)",
        json.id("variant.id"),
        json.id("variant.product_id"),
        json.id("variant.tax_class_id"),
    )
}

/// What is joined to `variant` in a channel.
pub fn item_tables(channel: &str) -> String {
    format!(
        "LEFT JOIN product ON product.id = variant.product_id
         LEFT JOIN product_listing AS listing
           ON listing.product_id = variant.product_id AND listing.channel_id = {channel}
         LEFT JOIN variant_price AS price ON price.variant_id = variant.id AND price.channel_id = {channel}"
    )
}

/// Reads an item; `None` where there is no such variant.
pub fn read_item(cells: &mut Cells) -> Result<Option<Item>> {
    let Some(variant) = cells.optional_id()? else { return Ok(None) };
    Ok(Some(Item {
        variant,
        product: cells.id()?,
        name: cells.take()?,
        weight_grams: cells.take::<Option<i64>>()?.unwrap_or(0),
        requires_shipping: cells.take()?,
        is_taxable: cells.take()?,
        tax_class: cells.optional_id()?,
        tracks_stock: cells.take()?,
        backorder_limit: cells.take()?,
        base: cells.take()?,
        units: cells.take()?,
    }))
}
