//! Shipping zones as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::address::graphql::Area;
use crate::channel::graphql::Channel;
use crate::entity::shipping_zone;
use crate::error;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};
use crate::shipping::method::graphql::ShippingMethod;
use crate::shipping::method::loader::MethodsOf;
use crate::shipping::zone::input::ShippingZoneFilter;
use crate::shipping::zone::loader::{AreasOf, ServedBy};

#[derive(Clone)]
pub struct ShippingZone(pub Arc<shipping_zone::Model>);

/// Parts of the world to which the same ways of delivery lead.
#[Object]
impl ShippingZone {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name for staff, unique among zones.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The parts of the world that belong to it, in the order in which they were given, at most 500.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn areas(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
        let areas = ctx.loader().load_one(AreasOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(areas.len())?;
        Ok(areas.iter().cloned().map(Area::from).collect())
    }

    /// The channels that it serves, in the alphabet of their slugs, at most 100.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let rows = ctx.loader().load_one(ServedBy(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(Channel).collect())
    }

    /// The ways of delivery that lead there, in the order in which shoppers see them, at most 100.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn methods(&self, ctx: &Context<'_>) -> Result<Vec<ShippingMethod>> {
        let rows = ctx.loader().load_one(MethodsOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(ShippingMethod).collect())
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on the zone for its own use.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the zone for staff and its other systems.
    async fn private_metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.private_metadata)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; changes of its methods do not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for ShippingZone {}

/// Counts the zones of a list.
pub struct ShippingZoneCount(pub ShippingZoneFilter);

impl ShippingZoneCount {
    async fn count(&self, ctx: &Context<'_>) -> error::Result<u64> {
        ctx.app().shipping.zones.count(&self.0).await
    }
}

connection!(
    /// A page of shipping zones.
    ShippingZoneConnection, ShippingZoneEdge, ShippingZone, ShippingZoneCount
);
