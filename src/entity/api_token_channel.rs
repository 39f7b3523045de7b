//! A channel in which a limited API token is good.

use sea_orm::entity::prelude::*;

use crate::id::{ApiTokenId, ChannelId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub api_token_id: ApiTokenId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The channel.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::channel::Entity).from(Column::ChannelId).to(super::channel::Column::Id).into()
    }
}
