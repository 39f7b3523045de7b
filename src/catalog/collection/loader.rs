//! What fields ask of collections, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Scope;
use crate::entity::{collection, collection_product};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, group, shared};
use crate::id::{CollectionId, ProductId};

/// The collection of an id, as it is there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionKey(pub Scope, pub CollectionId);

impl Loader<CollectionKey> for Batches {
    type Value = Arc<collection::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[CollectionKey]) -> Result<HashMap<CollectionKey, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|CollectionKey(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope).filter(collection::COLUMN.id.is_in(ids));
            let rows = rows.all(self.db.reader()).await?;
            found.extend(rows.into_iter().map(|row| (CollectionKey(scope, row.id), Arc::new(row))));
        }
        Ok(found)
    }
}

/// The collections that are part of one, in the shop's order, as they are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChildrenOf(pub Scope, pub CollectionId);

impl Loader<ChildrenOf> for Batches {
    type Value = Arc<Vec<Arc<collection::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|ChildrenOf(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope)
                .filter(collection::COLUMN.parent_id.is_in(ids))
                .order_by_asc(collection::Column::Position)
                .order_by_asc(collection::Column::Id)
                .all(self.db.reader())
                .await?;
            let of_parent = |row: collection::Model| Some((ChildrenOf(scope, row.parent_id?), Arc::new(row)));
            found.extend(shared(rows.into_iter().filter_map(of_parent)));
        }
        Ok(found)
    }
}

/// The collections that a product is a member of, in the shop's order, as they are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionsOf(pub Scope, pub ProductId);

impl Loader<CollectionsOf> for Batches {
    type Value = Arc<Vec<Arc<collection::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[CollectionsOf]) -> Result<HashMap<CollectionsOf, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|CollectionsOf(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope)
                .join(JoinType::InnerJoin, collection::Entity::to_member())
                .select_also(collection_product::Entity)
                .filter(collection_product::COLUMN.product_id.is_in(ids))
                .order_by_asc(collection::Column::Position)
                .order_by_asc(collection::Column::Id)
                .all(self.db.reader())
                .await?;
            let of_product = |(row, member): (_, Option<collection_product::Model>)| {
                Some((CollectionsOf(scope, member?.product_id), Arc::new(row)))
            };
            found.extend(shared(rows.into_iter().filter_map(of_product)));
        }
        Ok(found)
    }
}
