//! A channel in which a promotion applies.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use crate::id::{ChannelId, PromotionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: PromotionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The promotions of a channel, for use inside another statement.
    pub fn promotions_of(channel: ChannelId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::PromotionId).filter(COLUMN.channel_id.eq(channel)).into_query()
    }

    /// The channel.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}
