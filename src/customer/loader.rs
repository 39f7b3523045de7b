//! What fields ask of customers, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{address, customer};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::CustomerId;

/// The customer of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CustomerKey(pub CustomerId);

impl Loader<CustomerKey> for Batches {
    type Value = Arc<customer::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[CustomerKey]) -> Result<HashMap<CustomerKey, Self::Value>, SharedError> {
        let rows = customer::Entity::visible_to(&self.actor)
            .filter(customer::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (CustomerKey(row.id), Arc::new(row))).collect())
    }
}

/// The addresses of a customer, the oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressesOf(pub CustomerId);

impl Loader<AddressesOf> for Batches {
    type Value = Arc<Vec<Arc<address::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[AddressesOf]) -> Result<HashMap<AddressesOf, Self::Value>, SharedError> {
        let rows = address::Entity::find()
            .filter(address::COLUMN.customer_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(address::Column::Id)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (AddressesOf(row.customer_id), Arc::new(row)))))
    }
}
