//! A value that shoppers filter by, under the number by which listings hold it. Only its label ever changes, and it is never
//! removed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "facet_value")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `vendor`, `type`, `tag`, or `attribute:` and a code.
    pub source: String,
    pub value_key: String,
    /// The value for people as it was last written; of a choice it is its slug.
    pub label: String,
}

impl ActiveModelBehavior for ActiveModel {}
