//! What fields ask of ways of delivery, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::auth::Permission;
use crate::entity::shipping_method;
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{ShippingMethodId, ShippingZoneId};

/// The methods of a zone, in the order in which shoppers see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MethodsOf(pub ShippingZoneId);

impl Loader<MethodsOf> for Batches {
    type Value = Arc<Vec<Arc<shipping_method::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[MethodsOf]) -> Result<HashMap<MethodsOf, Self::Value>, SharedError> {
        let rows = shipping_method::Entity::find()
            .filter(shipping_method::COLUMN.shipping_zone_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(shipping_method::Column::Position)
            .order_by_asc(shipping_method::Column::Id)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (MethodsOf(row.shipping_zone_id), Arc::new(row)))))
    }
}

/// The method of an id, for those who may read all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MethodKey(pub ShippingMethodId);

impl Loader<MethodKey> for Batches {
    type Value = Arc<shipping_method::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[MethodKey]) -> Result<HashMap<MethodKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::ShippingRead) {
            return Ok(HashMap::new());
        }
        let rows = shipping_method::Entity::find()
            .filter(shipping_method::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (MethodKey(row.id), Arc::new(row))).collect())
    }
}
