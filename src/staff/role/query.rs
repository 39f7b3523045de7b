//! How roles are found.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::id::RoleId;
use crate::staff::role::graphql::Role;

#[derive(Default)]
pub struct RoleQuery;

#[Object]
impl RoleQuery {
    /// The roles of the shop, at most 200: that of its owners first, the others in the alphabet of their names.
    /// Requires `STAFF_READ`.
    #[graphql(guard = "Can(Permission::StaffRead)", complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<Role>>> {
        let rows = ctx.app().roles.list().await?;
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(Role).collect()))
    }

    /// The role of an id; null if there is none. Requires `STAFF_READ`.
    #[graphql(guard = "Can(Permission::StaffRead)")]
    async fn role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the role.")] id: RoleId,
    ) -> Result<Option<Role>> {
        Ok(ctx.app().roles.find(id).await?.map(Role))
    }
}
