//! Groups of customers as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::customer::group::loader::MemberCountOf;
use crate::entity::customer_group;
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};

#[derive(Clone)]
pub struct CustomerGroup(pub Arc<customer_group::Model>);

/// Customers whom something concerns together, such as prices. `customers(filter: { group: … })` lists them.
#[Object]
impl CustomerGroup {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How many customers belong to it.
    async fn customer_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = ctx.loader().load_one(MemberCountOf(self.0.id)).await?.unwrap_or_default();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on the group for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the group for staff and its other systems.
    async fn private_metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.private_metadata)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; who belongs to it does not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
