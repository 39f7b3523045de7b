//! What the variants of a product differ in, such as size.

use sea_orm::entity::prelude::*;

use crate::id::{ProductId, ProductOptionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_option")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductOptionId,
    pub product_id: ProductId,
    pub name: String,
    pub name_key: String,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
