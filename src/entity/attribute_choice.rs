//! One of the values that an attribute of choices can have.

use sea_orm::entity::prelude::*;

use crate::id::{AttributeChoiceId, AttributeId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute_choice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttributeChoiceId,
    pub attribute_id: AttributeId,
    pub slug: String,
    pub name: String,
    /// `#rrggbb`, of a colour.
    pub color: Option<String>,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
