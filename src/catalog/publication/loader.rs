//! What fields ask of publications, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::catalog::publication::Window;
use crate::entity::{channel, collection_channel, product_channel};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{CollectionId, ProductId};

/// A channel that shows something, and when.
#[derive(Clone, Debug)]
pub struct PublicationRow {
    pub channel: Arc<channel::Model>,
    pub window: Window,
}

/// The channels that a product is assigned to, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProductPublicationsOf(pub ProductId);

impl Loader<ProductPublicationsOf> for Batches {
    type Value = Arc<Vec<PublicationRow>>;
    type Error = SharedError;

    async fn load(
        &self,
        keys: &[ProductPublicationsOf],
    ) -> Result<HashMap<ProductPublicationsOf, Self::Value>, SharedError> {
        let rows = product_channel::Entity::find()
            .join(JoinType::InnerJoin, product_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(product_channel::COLUMN.product_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().filter_map(|(row, channel)| {
            let window = Window { from: row.published_from, until: row.published_until };
            Some((ProductPublicationsOf(row.product_id), PublicationRow { channel: Arc::new(channel?), window }))
        })))
    }
}

/// The channels that a collection is assigned to, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionPublicationsOf(pub CollectionId);

impl Loader<CollectionPublicationsOf> for Batches {
    type Value = Arc<Vec<PublicationRow>>;
    type Error = SharedError;

    async fn load(
        &self,
        keys: &[CollectionPublicationsOf],
    ) -> Result<HashMap<CollectionPublicationsOf, Self::Value>, SharedError> {
        let rows = collection_channel::Entity::find()
            .join(JoinType::InnerJoin, collection_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(collection_channel::COLUMN.collection_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().filter_map(|(row, channel)| {
            let window = Window { from: row.published_from, until: row.published_until };
            Some((CollectionPublicationsOf(row.collection_id), PublicationRow { channel: Arc::new(channel?), window }))
        })))
    }
}
