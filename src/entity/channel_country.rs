//! A country in which a channel sells.

use sea_orm::entity::prelude::*;

use crate::id::ChannelId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_country")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub country: String,
}

impl ActiveModelBehavior for ActiveModel {}
