//! A part of the world with its own rates of tax.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::TaxZoneId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_zone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxZoneId,
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
