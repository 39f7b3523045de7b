//! A slug that a product had before.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{QuerySelect, QueryTrait};

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

impl Entity {
    /// The id of the product that had a slug before, for use inside another statement.
    pub fn product_of(slug: &str) -> SelectStatement {
        Self::find_by_id(slug).select_only().column(Column::ProductId).into_query()
    }
}
