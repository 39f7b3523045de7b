//! What a listing page needs of a product in a channel, kept in the same transaction as the change.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{ChannelId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// The product is active and has an active variant with a price in this channel.
    pub is_published: bool,
    pub name_key: String,
    /// Zero where nothing has a price.
    pub lowest_minor: i64,
    pub highest_minor: i64,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
