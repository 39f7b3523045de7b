//! A member of a collection in a channel with what members are sorted by, kept in the same transaction as the change.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;

use crate::clock::Timestamp;
use crate::id::{ChannelId, CollectionId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    pub is_published: bool,
    pub published_from: Timestamp,
    pub published_until: Timestamp,
    pub position: i64,
    pub name_key: String,
    pub lowest_minor: i64,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// That shoppers see a member at an instant.
pub fn is_shown_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(COLUMN.is_published.eq(true))
        .add(Column::PublishedFrom.lte(now))
        .add(Column::PublishedUntil.gt(now))
}
