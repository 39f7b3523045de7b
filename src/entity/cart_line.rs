//! Units of one variant with the same attributes in a cart.

use sea_orm::entity::prelude::*;

use crate::id::{CartId, CartLineId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartLineId,
    pub cart_id: CartId,
    /// The variant may be gone.
    pub variant_id: ProductVariantId,
    /// What the product was called when the line was added.
    pub name: String,
    /// What the shopper wants to be done, such as an engraving: texts by their names.
    pub attributes: Json,
    /// Alike for the same attributes alone; empty where there are none.
    pub attributes_key: String,
    pub quantity: i64,
    /// The price of a unit that the shopper has seen: when the line was added, or a change of it was acknowledged.
    pub seen_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
