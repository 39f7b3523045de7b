//! That a shipping zone serves a channel.

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QuerySelect, QueryTrait};

use crate::id::{ChannelId, ShippingZoneId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_zone_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipping_zone_id: ShippingZoneId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The zones that serve a channel, for use inside another statement.
    pub fn zones_of(channel: ChannelId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::ShippingZoneId).filter(COLUMN.channel_id.eq(channel)).into_query()
    }

    /// The zones that serve the channel of a slug, for use inside another statement.
    pub fn zones_of_slug(slug: &str) -> sea_orm::sea_query::SelectStatement {
        Self::find()
            .select_only()
            .column(Column::ShippingZoneId)
            .join(JoinType::InnerJoin, Self::to_channel())
            .filter(super::channel::COLUMN.slug.eq(slug))
            .into_query()
    }

    /// The channel.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}
