//! A product that is shown beside another.

use sea_orm::entity::prelude::*;

use crate::id::ProductId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub related_id: ProductId,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
