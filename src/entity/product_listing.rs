//! What a listing page needs of a product in a channel, kept in the same transaction as the change.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;

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
    /// The product is active, assigned to the channel, and has an active variant with a price there.
    pub is_published: bool,
    /// The first instant at which shoppers see it; the first that there is where this is open.
    pub published_from: Timestamp,
    /// The first instant at which they do not see it any more.
    pub published_until: Timestamp,
    /// An active variant has a price.
    pub has_price: bool,
    /// An active variant has a price and units to sell.
    pub is_available: bool,
    pub name_key: String,
    /// Zero where nothing has a price.
    pub lowest_minor: i64,
    pub highest_minor: i64,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// That shoppers see a product at an instant.
pub fn is_shown_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(COLUMN.is_published.eq(true))
        .add(Column::PublishedFrom.lte(now))
        .add(Column::PublishedUntil.gt(now))
}
