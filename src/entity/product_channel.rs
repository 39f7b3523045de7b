//! That a channel shows a product, and from when until when.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::id::{ChannelId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    pub published_from: Option<Timestamp>,
    pub published_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The products that are assigned to a channel, for use inside another statement.
    pub fn products_of(channel: ChannelId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::ProductId).filter(COLUMN.channel_id.eq(channel)).into_query()
    }

    /// The channel that shows it.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}
