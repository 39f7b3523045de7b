//! Keeps everybody else away from the channels while they change.
//!
//! Whoever writes products, or reads a currency to write a price in it, shares the channels first
//! ([`crate::catalog::listing::share_channels`]). So neither misses what the other writes. On SQLite there is one
//! writer anyway.

use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder, QuerySelect};

use crate::entity::channel;
use crate::error::Result;
use crate::id::ChannelId;

/// All channels; until the transaction ends nobody else changes or shares them.
pub async fn take_all(tx: &DatabaseTransaction) -> Result<Vec<channel::Model>> {
    let all = channel::Entity::find().select_only().column(channel::Column::Id).order_by_asc(channel::Column::Id);
    all.lock_exclusive().into_tuple::<ChannelId>().all(tx).await?;
    // Only a new statement sees what others wrote while this one waited for them.
    Ok(channel::Entity::find().order_by_asc(channel::Column::Id).all(tx).await?)
}
