//! Parts of the world to which the same ways of delivery lead.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::ShippingZoneId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_zone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingZoneId,
    pub name: String,
    pub name_key: String,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
