//! A slug that a product had before.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::ProductId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_slug_redirect")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub product_id: ProductId,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
