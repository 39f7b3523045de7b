//! A place where customers fetch what they bought.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::PickupLocationId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pickup_location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PickupLocationId,
    pub name: String,
    pub name_key: String,
    /// A postal address that was checked.
    pub address: Json,
    pub instructions: Option<String>,
    pub is_active: bool,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
