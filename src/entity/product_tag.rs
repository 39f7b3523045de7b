//! A tag of a product.

use sea_orm::entity::prelude::*;

use crate::id::ProductId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_tag")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag_key: String,
    pub tag: String,
}

impl ActiveModelBehavior for ActiveModel {}
