//! Prices for some customers or quantities.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::PriceListId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PriceListId,
    pub name: String,
    pub name_key: String,
    /// Of all its prices, as the three letters of ISO 4217.
    pub currency: String,
    pub is_active: bool,
    /// The first instant at which it applies; open if absent.
    pub starts_at: Option<Timestamp>,
    /// The first instant at which it applies no more; open if absent.
    pub ends_at: Option<Timestamp>,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
