//! What fields ask of channels, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{channel, channel_country};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::ChannelId;

/// The channel of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChannelKey(pub ChannelId);

impl Loader<ChannelKey> for Batches {
    type Value = Arc<channel::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChannelKey]) -> Result<HashMap<ChannelKey, Self::Value>, SharedError> {
        let rows = channel::Entity::find()
            .filter(channel::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (ChannelKey(row.id), Arc::new(row))).collect())
    }
}

/// The countries in which a channel sells, in the alphabet of their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountriesOf(pub ChannelId);

impl Loader<CountriesOf> for Batches {
    type Value = Arc<Vec<String>>;
    type Error = SharedError;

    async fn load(&self, keys: &[CountriesOf]) -> Result<HashMap<CountriesOf, Self::Value>, SharedError> {
        let rows = channel_country::Entity::find()
            .filter(channel_country::COLUMN.channel_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel_country::Column::Country)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (CountriesOf(row.channel_id), row.country))))
    }
}
