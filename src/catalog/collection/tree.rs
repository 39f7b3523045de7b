//! Which collection is part of which: a tree without circles, at most ten deep, with an end to what is part of one.
//!
//! Whoever gives a collection a parent locks the whole tree first, in the order of the ids. So such changes take turns:
//! two of them can neither close a circle between them nor wait for each other.

use std::collections::HashMap;

use sea_orm::sea_query::LockType;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder, QuerySelect};

use crate::entity::collection;
use crate::error::{Result, UserError, UserErrorCode};
use crate::id::CollectionId;

/// The deepest tree.
const MAX_DEPTH: usize = 10;
/// The most collections that are part of one.
const MAX_CHILDREN: u32 = 250;

/// The parent of each collection.
pub struct Tree(HashMap<CollectionId, Option<CollectionId>>);

impl Tree {
    /// Locks all collections until the transaction ends; it must not hold one of them before.
    pub async fn lock(tx: &DatabaseTransaction) -> Result<Self> {
        let ids = collection::Entity::find().select_only().column(collection::Column::Id);
        ids.order_by_asc(collection::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<CollectionId>()
            .all(tx)
            .await?;
        // Only a new statement sees what others wrote while this one waited for them.
        let parents = collection::Entity::find()
            .select_only()
            .column(collection::Column::Id)
            .column(collection::Column::ParentId)
            .into_tuple()
            .all(tx)
            .await?;
        Ok(Self(parents.into_iter().collect()))
    }

    /// The collection, which may be a new one, may become part of the parent.
    pub fn check_place(&self, id: CollectionId, parent: CollectionId) -> Result<()> {
        if !self.0.contains_key(&parent) {
            return Err(UserError::not_found("input.parent", "collection").into());
        }
        if self.way_up(parent).any(|above| above == id) {
            let message = "A collection cannot be part of itself or of one that is part of it.";
            return Err(UserError::invalid("input.parent", message).into());
        }
        if self.way_up(parent).count() + self.height(id) > MAX_DEPTH {
            let message = format!("Collections are at most {MAX_DEPTH} deep.");
            return Err(UserError::invalid("input.parent", message).into());
        }
        let limit = i64::from(MAX_CHILDREN);
        if self.0.values().filter(|above| **above == Some(parent)).count() >= usize::try_from(limit).unwrap_or(0) {
            let message = format!("At most {MAX_CHILDREN} collections are part of one.");
            return Err(UserError::new(UserErrorCode::TooLong, message).at("input.parent").with_limit(limit).into());
        }
        Ok(())
    }

    /// The collection itself, then what it is part of, up to the top.
    fn way_up(&self, id: CollectionId) -> impl Iterator<Item = CollectionId> {
        std::iter::successors(Some(id), |current| self.0.get(current).copied().flatten())
    }

    /// How many levels there are from the collection to the deepest that is part of it, both counted.
    fn height(&self, id: CollectionId) -> usize {
        let below = |other: &CollectionId| self.way_up(*other).position(|above| above == id);
        self.0.keys().filter_map(below).max().unwrap_or(0) + 1
    }
}
