//! How roles are changed.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::RoleId;
use crate::staff::role::graphql::Role;
use crate::staff::role::input::{RoleCreateInput, RoleUpdateInput};

payloads! {
    /// What came of creating a role.
    RoleCreatePayload {
        /// The new role.
        role: Role
    }
    /// What came of changing a role.
    RoleUpdatePayload {
        /// The role as it now stands.
        role: Role
    }
    /// What came of deleting a role.
    RoleDeletePayload {
        /// The role, if it could not be deleted.
        role: Role
    }
}

/// The role as it stands after a mutation.
async fn reload(ctx: &Context<'_>, id: RoleId) -> error::Result<Option<Role>> {
    Ok(ctx.app().roles.find(id).await?.map(Role))
}

#[derive(Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Creates a role. What one lacks oneself one cannot give (`NOT_ALLOWED`). A shop has at most 200. Requires
    /// `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn role_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new role.")] input: RoleCreateInput,
    ) -> Result<Option<RoleCreatePayload>> {
        let (id, user_errors) = split(ctx.app().roles.create(ctx.actor(), input).await)?;
        let role = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(RoleCreatePayload { role, user_errors }))
    }

    /// Changes a role for everybody who has it. Who does it has all that it gives before and after (`NOT_ALLOWED`).
    /// Requires `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn role_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the role.")] id: RoleId,
        #[graphql(desc = "The changes.")] input: RoleUpdateInput,
    ) -> Result<Option<RoleUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().roles.update(ctx.actor(), id, input).await)?;
        Ok(Some(RoleUpdatePayload { role: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a role. One that somebody has is `IN_USE`. Who does it has all that it gives (`NOT_ALLOWED`). Requires
    /// `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn role_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the role.")] id: RoleId,
    ) -> Result<Option<RoleDeletePayload>> {
        let (_, user_errors) = split(ctx.app().roles.delete(ctx.actor(), id).await)?;
        Ok(Some(RoleDeletePayload { role: reload(ctx, id).await?, user_errors }))
    }
}
