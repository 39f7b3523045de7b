//! A channel in which a limited role holds.

use sea_orm::entity::prelude::*;

use crate::id::{ChannelId, RoleId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_channel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: RoleId,
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
