//! What fields ask of roles, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Permission;
use crate::entity::{channel, role, role_channel, role_permission, staff_user_role};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{RoleId, StaffUserId};

/// What a role gives, in the order in which permissions are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PermissionsOf(pub RoleId);

impl Loader<PermissionsOf> for Batches {
    type Value = Arc<Vec<Permission>>;
    type Error = SharedError;

    async fn load(&self, keys: &[PermissionsOf]) -> Result<HashMap<PermissionsOf, Self::Value>, SharedError> {
        let mut rows = role_permission::Entity::find()
            .filter(role_permission::COLUMN.role_id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        rows.sort_unstable_by_key(|row| row.permission);
        Ok(shared(rows.into_iter().map(|row| (PermissionsOf(row.role_id), row.permission))))
    }
}

/// The channels that a role is limited to, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChannelsOf(pub RoleId);

impl Loader<ChannelsOf> for Batches {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChannelsOf]) -> Result<HashMap<ChannelsOf, Self::Value>, SharedError> {
        let rows = role_channel::Entity::find()
            .join(JoinType::InnerJoin, role_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(role_channel::COLUMN.role_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        let named =
            |(row, channel): (role_channel::Model, Option<_>)| Some((ChannelsOf(row.role_id), Arc::new(channel?)));
        Ok(shared(rows.into_iter().filter_map(named)))
    }
}

/// How many staff users have a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HolderCountOf(pub RoleId);

impl Loader<HolderCountOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[HolderCountOf]) -> Result<HashMap<HolderCountOf, i64>, SharedError> {
        let counts: Vec<(RoleId, i64)> = staff_user_role::Entity::find()
            .select_only()
            .column(staff_user_role::Column::RoleId)
            .column_as(staff_user_role::Column::StaffUserId.count(), "count")
            .filter(staff_user_role::COLUMN.role_id.is_in(keys.iter().map(|key| key.0)))
            .group_by(staff_user_role::Column::RoleId)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        Ok(counts.into_iter().map(|(id, count)| (HolderCountOf(id), count)).collect())
    }
}

/// The roles that a staff user has, in the alphabet of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RolesOf(pub StaffUserId);

impl Loader<RolesOf> for Batches {
    type Value = Arc<Vec<role::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[RolesOf]) -> Result<HashMap<RolesOf, Self::Value>, SharedError> {
        let rows = staff_user_role::Entity::find()
            .join(JoinType::InnerJoin, staff_user_role::Entity::to_role())
            .select_also(role::Entity)
            .filter(staff_user_role::COLUMN.staff_user_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(role::Column::NameKey)
            .all(self.db.reader())
            .await?;
        let held = |(row, role): (staff_user_role::Model, Option<_>)| Some((RolesOf(row.staff_user_id), role?));
        Ok(shared(rows.into_iter().filter_map(held)))
    }
}
