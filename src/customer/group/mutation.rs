//! How staff change groups of customers.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::customer::group::graphql::CustomerGroup;
use crate::customer::group::input::{CustomerGroupCreateInput, CustomerGroupUpdateInput};
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{CustomerGroupId, CustomerId};

payloads! {
    /// What came of creating a group.
    CustomerGroupCreatePayload {
        /// The new group.
        customer_group: CustomerGroup
    }
    /// What came of changing a group.
    CustomerGroupUpdatePayload {
        /// The group as it now stands.
        customer_group: CustomerGroup
    }
    /// What came of deleting a group.
    CustomerGroupDeletePayload {
        /// The group, if it could not be deleted.
        customer_group: CustomerGroup
    }
    /// What came of putting customers into a group.
    CustomerGroupCustomersAddPayload {
        /// The group as it now stands.
        customer_group: CustomerGroup
    }
    /// What came of taking customers out of a group.
    CustomerGroupCustomersRemovePayload {
        /// The group as it now stands.
        customer_group: CustomerGroup
    }
}

async fn reload(ctx: &Context<'_>, id: CustomerGroupId) -> error::Result<Option<CustomerGroup>> {
    Ok(ctx.app().customer_groups.find(id).await?.map(|row| CustomerGroup(Arc::new(row))))
}

#[derive(Default)]
pub struct CustomerGroupMutation;

#[Object]
impl CustomerGroupMutation {
    /// Creates a group of customers. A shop has at most 500. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_group_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new group.")] input: CustomerGroupCreateInput,
    ) -> Result<Option<CustomerGroupCreatePayload>> {
        let (id, user_errors) = split(ctx.app().customer_groups.create(ctx.actor(), input).await)?;
        let customer_group = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(CustomerGroupCreatePayload { customer_group, user_errors }))
    }

    /// Changes a group of customers. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_group_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the group.")] id: CustomerGroupId,
        #[graphql(desc = "The changes.")] input: CustomerGroupUpdateInput,
    ) -> Result<Option<CustomerGroupUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().customer_groups.update(ctx.actor(), id, input).await)?;
        Ok(Some(CustomerGroupUpdatePayload { customer_group: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a group of customers, who stay. One that a price list is for is `IN_USE`. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_group_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the group.")] id: CustomerGroupId,
    ) -> Result<Option<CustomerGroupDeletePayload>> {
        let (_, user_errors) = split(ctx.app().customer_groups.delete(ctx.actor(), id).await)?;
        Ok(Some(CustomerGroupDeletePayload { customer_group: reload(ctx, id).await?, user_errors }))
    }

    /// Puts customers into a group; those who are in it stay. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_group_customers_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the group.")] id: CustomerGroupId,
        #[graphql(desc = "The ids of the customers, at most 100.")] customers: Vec<CustomerId>,
    ) -> Result<Option<CustomerGroupCustomersAddPayload>> {
        let (_, user_errors) = split(ctx.app().customer_groups.add(ctx.actor(), id, &customers).await)?;
        Ok(Some(CustomerGroupCustomersAddPayload { customer_group: reload(ctx, id).await?, user_errors }))
    }

    /// Takes customers out of a group; those who are not in it are left alone. Requires `CUSTOMER_WRITE`.
    #[graphql(guard = "Can(Permission::CustomerWrite)")]
    async fn customer_group_customers_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the group.")] id: CustomerGroupId,
        #[graphql(desc = "The ids of the customers, at most 100.")] customers: Vec<CustomerId>,
    ) -> Result<Option<CustomerGroupCustomersRemovePayload>> {
        let (_, user_errors) = split(ctx.app().customer_groups.remove(ctx.actor(), id, &customers).await)?;
        Ok(Some(CustomerGroupCustomersRemovePayload { customer_group: reload(ctx, id).await?, user_errors }))
    }
}
