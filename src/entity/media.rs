//! A picture of a product, by its address.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaId,
    pub product_id: ProductId,
    pub url: String,
    pub alt_text: Option<String>,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
