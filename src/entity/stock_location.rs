//! A place where units lie.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::StockLocationId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockLocationId,
    pub name: String,
    pub name_key: String,
    pub is_default: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
