//! Finds variants by what is printed on them, as the actor may see them in a market.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, SelectTwo};

use crate::auth::Scope;
use crate::catalog::variant::loader::PricedVariant;
use crate::db::Db;
use crate::entity::{product_variant, variant_price};
use crate::error::Result;
use crate::id::ProductVariantId;
use crate::text::fold;

#[derive(Clone)]
pub struct VariantReader {
    db: Db,
}

impl VariantReader {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, scope: Scope, id: ProductVariantId) -> Result<Option<PricedVariant>> {
        self.first(product_variant::Entity::visible_in(scope).filter(product_variant::COLUMN.id.eq(id))).await
    }

    pub async fn find_by_sku(&self, scope: Scope, sku: &str) -> Result<Option<PricedVariant>> {
        let of_sku = product_variant::COLUMN.sku_key.eq(fold(sku));
        self.first(product_variant::Entity::visible_in(scope).filter(of_sku)).await
    }

    /// The oldest of those that have the barcode, which need not be one only.
    pub async fn find_by_barcode(&self, scope: Scope, barcode: &str) -> Result<Option<PricedVariant>> {
        let of_barcode = product_variant::COLUMN.barcode.eq(barcode.trim());
        self.first(product_variant::Entity::visible_in(scope).filter(of_barcode)).await
    }

    /// Ids grow with time, so the first by id is the oldest.
    async fn first(
        &self,
        found: SelectTwo<product_variant::Entity, variant_price::Entity>,
    ) -> Result<Option<PricedVariant>> {
        let oldest = found.order_by_asc(product_variant::Column::Id).limit(1);
        Ok(oldest.all(self.db.reader()).await?.into_iter().next())
    }
}
