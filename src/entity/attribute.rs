//! A property by which things are described and found, such as their colour.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::entity::attribute_type::{AttributeSubject, AttributeType};
use crate::id::AttributeId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttributeId,
    pub code: String,
    pub name: String,
    pub r#type: AttributeType,
    pub subject: AttributeSubject,
    pub unit: Option<String>,
    pub is_filterable: bool,
    pub position: i64,
    pub external_id: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
