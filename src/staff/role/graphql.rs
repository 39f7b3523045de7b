//! Roles as those see them who may know who runs the shop.

use async_graphql::{Context, ID, Object, Result};

use crate::auth::Permission;
use crate::channel::graphql::Channel;
use crate::entity::role;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::scalar::{DateTime, date_time};
use crate::staff::role::loader::{ChannelsOf, HolderCountOf, PermissionsOf};

#[derive(Clone)]
pub struct Role(pub role::Model);

/// A set of permissions that staff users have, everywhere or in some channels only.
#[Object]
impl Role {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name, unique in the shop.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is the role of the shop's owners, which holds every permission, also those of later versions. It
    /// cannot be changed, only owners give and take it, and it never loses its last active holder.
    async fn is_owner(&self) -> bool {
        self.0.is_owner
    }

    /// What it gives.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        if self.0.is_owner {
            return Ok(Permission::ALL.to_vec());
        }
        Ok(ctx.loader().load_one(PermissionsOf(self.0.id)).await?.unwrap_or_default().to_vec())
    }

    /// Whether it holds in some channels only.
    async fn is_limited(&self) -> bool {
        self.0.is_limited
    }

    /// The channels in which it holds, at most 100, in the alphabet of their slugs; empty where it is not limited. If it
    /// is and the last of them was deleted, it gives nothing.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let rows = ctx.loader().load_one(ChannelsOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(Channel).collect())
    }

    /// How many staff users have it, also those who are invited or deactivated.
    async fn staff_user_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = ctx.loader().load_one(HolderCountOf(self.0.id)).await?.unwrap_or(0);
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; who has it does not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
