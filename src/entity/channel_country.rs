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

impl Entity {
    /// Whether a channel sells in a country.
    pub async fn has(db: &impl ConnectionTrait, channel: ChannelId, country: &str) -> Result<bool, DbErr> {
        Ok(Self::find_by_id((channel, country.to_owned())).one(db).await?.is_some())
    }
}
