//! What fields ask of pick-up locations, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::auth::Permission;
use crate::entity::pickup_location;
use crate::error::{Error, SharedError};
use crate::graphql::loader::Batches;
use crate::id::PickupLocationId;

type Rows<K> = HashMap<K, Arc<pickup_location::Model>>;

/// The location to which a method leads, for whoever sees the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PickupOf(pub PickupLocationId);

impl Loader<PickupOf> for Batches {
    type Value = Arc<pickup_location::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[PickupOf]) -> Result<Rows<PickupOf>, SharedError> {
        let rows = self.pickup_locations(keys.iter().map(|key| key.0)).await?;
        Ok(rows.into_iter().map(|row| (PickupOf(row.id), Arc::new(row))).collect())
    }
}

/// The location of an id, for those who may read all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PickupKey(pub PickupLocationId);

impl Loader<PickupKey> for Batches {
    type Value = Arc<pickup_location::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[PickupKey]) -> Result<Rows<PickupKey>, SharedError> {
        if !self.actor.can(Permission::ShippingRead) {
            return Ok(HashMap::new());
        }
        let rows = self.pickup_locations(keys.iter().map(|key| key.0)).await?;
        Ok(rows.into_iter().map(|row| (PickupKey(row.id), Arc::new(row))).collect())
    }
}

impl Batches {
    async fn pickup_locations(
        &self,
        ids: impl Iterator<Item = PickupLocationId>,
    ) -> Result<Vec<pickup_location::Model>, Error> {
        let rows = pickup_location::Entity::find().filter(pickup_location::COLUMN.id.is_in(ids));
        Ok(rows.all(self.db.reader()).await?)
    }
}
