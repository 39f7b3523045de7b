//! What fields ask of groups of customers, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Permission;
use crate::entity::{customer_group, customer_group_member};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{CustomerGroupId, CustomerId};

/// The groups of a customer, in the alphabet of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupsOf(pub CustomerId);

impl Loader<GroupsOf> for Batches {
    type Value = Arc<Vec<Arc<customer_group::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[GroupsOf]) -> Result<HashMap<GroupsOf, Self::Value>, SharedError> {
        let rows = customer_group_member::Entity::find()
            .join(JoinType::InnerJoin, customer_group_member::Entity::to_group())
            .select_also(customer_group::Entity)
            .filter(customer_group_member::COLUMN.customer_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(customer_group::Column::NameKey)
            .all(self.db.reader())
            .await?;
        let pairs = rows.into_iter().filter_map(|(link, group)| Some((GroupsOf(link.customer_id), Arc::new(group?))));
        Ok(shared(pairs))
    }
}

/// The group of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupKey(pub CustomerGroupId);

impl Loader<GroupKey> for Batches {
    type Value = Arc<customer_group::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[GroupKey]) -> Result<HashMap<GroupKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::CustomerRead) {
            return Ok(HashMap::new());
        }
        let rows = customer_group::Entity::find()
            .filter(customer_group::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (GroupKey(row.id), Arc::new(row))).collect())
    }
}

/// How many customers a group has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberCountOf(pub CustomerGroupId);

impl Loader<MemberCountOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[MemberCountOf]) -> Result<HashMap<MemberCountOf, i64>, SharedError> {
        let counts: Vec<(CustomerGroupId, i64)> = customer_group_member::Entity::find()
            .select_only()
            .column(customer_group_member::Column::CustomerGroupId)
            .column_as(customer_group_member::Column::CustomerId.count(), "count")
            .filter(customer_group_member::COLUMN.customer_group_id.is_in(keys.iter().map(|key| key.0)))
            .group_by(customer_group_member::Column::CustomerGroupId)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        Ok(counts.into_iter().map(|(id, count)| (MemberCountOf(id), count)).collect())
    }
}
