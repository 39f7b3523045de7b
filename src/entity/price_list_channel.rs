//! That a price list applies in a channel.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use crate::id::{ChannelId, PriceListId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub price_list_id: PriceListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The price lists of a channel, for use inside another statement.
    pub fn lists_of(channel: ChannelId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::PriceListId).filter(COLUMN.channel_id.eq(channel)).into_query()
    }

    /// The channel.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}
