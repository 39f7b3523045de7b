//! How many units of a variant lie at a location, and how many of them are promised.

use sea_orm::entity::prelude::*;

use crate::id::{ProductVariantId, StockLocationId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_level")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: StockLocationId,
    pub on_hand: i64,
    pub allocated: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// Where the units lie.
    pub fn to_location() -> RelationDef {
        Self::belongs_to(super::stock_location::Entity)
            .from(Column::LocationId)
            .to(super::stock_location::Column::Id)
            .into()
    }
}
