//! Finds the variants of the shop that lines of a file name by their SKUs.

use std::collections::HashMap;

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::entity::{product, product_variant};
use crate::error::Result;
use crate::id::{ProductId, ProductVariantId};
use crate::text::fold;
use crate::transfer::line::Line;
use crate::transfer::table::RowError;

/// A variant and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub variant: ProductVariantId,
    pub product: ProductId,
}

pub struct KnownBySku(HashMap<String, Known>);

impl KnownBySku {
    /// Finds the variants and locks their products, in the order in which all who lock several do, so that no two of them
    /// wait for each other in a circle.
    pub async fn lock<T>(tx: &DatabaseTransaction, lines: &[Line<T>]) -> Result<Self> {
        let has_sku = product_variant::COLUMN.sku_key.is_in(lines.iter().map(|line| fold(&line.sku)));
        let owners = product_variant::Entity::find()
            .select_only()
            .column(product_variant::Column::ProductId)
            .filter(has_sku.clone())
            .into_query();
        let products: Vec<ProductId> = product::Entity::find()
            .select_only()
            .column(product::Column::Id)
            .filter(product::Column::Id.in_subquery(owners))
            .order_by_asc(product::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .all(tx)
            .await?;
        // Looked at in a following statement: while the lock was waited for, an SKU may have gone to another variant.
        let rows: Vec<(Option<String>, ProductVariantId, ProductId)> = product_variant::Entity::find()
            .select_only()
            .columns([product_variant::Column::SkuKey, product_variant::Column::Id, product_variant::Column::ProductId])
            .filter(has_sku)
            .filter(product_variant::COLUMN.product_id.is_in(products))
            .into_tuple()
            .all(tx)
            .await?;
        let known = rows.into_iter().filter_map(|(sku, variant, product)| Some((sku?, Known { variant, product })));
        Ok(Self(known.collect()))
    }

    /// The variant that a line is about, or the line's error.
    pub fn get<T>(&self, line: &Line<T>) -> Result<Known, RowError> {
        let known = self.0.get(&fold(&line.sku)).copied();
        known.ok_or_else(|| {
            line.refuse("No variant of the shop has this SKU; correct it, or import the variant's product first.")
        })
    }
}
