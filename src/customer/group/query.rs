//! How staff find groups of customers.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::customer::group::graphql::CustomerGroup;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::id::CustomerGroupId;

#[derive(Default)]
pub struct CustomerGroupQuery;

#[Object]
impl CustomerGroupQuery {
    /// The groups of customers, in the alphabet of their names, at most 500. Requires `CUSTOMER_READ`.
    #[graphql(guard = "Can(Permission::CustomerRead)", complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn customer_groups(&self, ctx: &Context<'_>) -> Result<Option<Vec<CustomerGroup>>> {
        let rows = ctx.app().customer_groups.list().await?;
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(|row| CustomerGroup(Arc::new(row))).collect()))
    }

    /// The group of an id; null if there is none. Requires `CUSTOMER_READ`.
    #[graphql(guard = "Can(Permission::CustomerRead)")]
    async fn customer_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the group.")] id: CustomerGroupId,
    ) -> Result<Option<CustomerGroup>> {
        Ok(ctx.app().customer_groups.find(id).await?.map(|row| CustomerGroup(Arc::new(row))))
    }
}
