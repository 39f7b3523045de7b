//! A slug that a collection had before.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::CollectionId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_slug_redirect")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    pub collection_id: CollectionId,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
