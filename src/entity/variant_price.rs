//! What a variant costs in a channel, in the channel's currency.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{ChannelId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
    /// Since when it has cost that.
    pub since: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
