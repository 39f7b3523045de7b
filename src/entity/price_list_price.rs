//! What a unit of a variant costs by a price list from a number of units on.

use sea_orm::entity::prelude::*;

use crate::id::{PriceListId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub price_list_id: PriceListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_quantity: i64,
    pub price_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The list.
    pub fn to_list() -> RelationDef {
        Self::belongs_to(super::price_list::Entity).from(Column::PriceListId).to(super::price_list::Column::Id).into()
    }
}
