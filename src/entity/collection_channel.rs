//! That a channel shows a collection, and from when until when.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait};
use sea_orm::{QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::id::{ChannelId, CollectionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    pub published_from: Option<Timestamp>,
    pub published_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The collections that are assigned to a channel, for use inside another statement.
    pub fn collections_of(channel: ChannelId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::CollectionId).filter(COLUMN.channel_id.eq(channel)).into_query()
    }

    /// The channel that shows it.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}

/// That shoppers see an active collection at an instant.
pub fn is_shown_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::PublishedFrom.is_null().or(Column::PublishedFrom.lte(now)))
        .add(Column::PublishedUntil.is_null().or(Column::PublishedUntil.gt(now)))
}
