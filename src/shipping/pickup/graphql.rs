//! Pick-up locations as shoppers see them, with what staff alone may know.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::address::graphql::Address;
use crate::auth::Permission;
use crate::entity::pickup_location;
use crate::error;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};
use crate::shipping::pickup;
use crate::shipping::pickup::input::PickupLocationFilter;

#[derive(Clone)]
pub struct PickupLocation(pub Arc<pickup_location::Model>);

/// A place where customers fetch what they bought.
#[Object]
impl PickupLocation {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name, unique among locations.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it is.
    async fn address(&self) -> Result<Address> {
        Ok(Address::new(pickup::address(&self.0)?))
    }

    /// When it is open and what to bring, as plain text; null if there is nothing to say.
    async fn instructions(&self) -> Option<&str> {
        self.0.instructions.as_deref()
    }

    /// Whether goods can be fetched there. Requires `SHIPPING_READ`.
    async fn is_active(&self, ctx: &Context<'_>) -> Guarded<bool> {
        guarded(ctx, Permission::ShippingRead, || self.0.is_active)
    }

    /// The id in another system of the shop, if there is one. Requires `SHIPPING_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded(ctx, Permission::ShippingRead, || self.0.external_id.as_deref())
    }

    /// Values that the shop keeps on the location for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the location for staff and its other systems. Requires `SHIPPING_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded(ctx, Permission::ShippingRead, || metadata(&self.0.private_metadata))
    }

    /// When it was created. Requires `SHIPPING_READ`.
    async fn created_at(&self, ctx: &Context<'_>) -> Guarded<DateTime> {
        guarded(ctx, Permission::ShippingRead, || date_time(self.0.created_at))
    }

    /// When it was last changed. Requires `SHIPPING_READ`.
    async fn updated_at(&self, ctx: &Context<'_>) -> Guarded<DateTime> {
        guarded(ctx, Permission::ShippingRead, || date_time(self.0.updated_at))
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read. Requires `SHIPPING_READ`.
    async fn version(&self, ctx: &Context<'_>) -> Guarded<i32> {
        guarded(ctx, Permission::ShippingRead, || i32::try_from(self.0.version).unwrap_or(i32::MAX))
    }
}

impl Prompt for PickupLocation {}

/// Counts the locations of a list.
pub struct PickupLocationCount(pub PickupLocationFilter);

impl PickupLocationCount {
    async fn count(&self, ctx: &Context<'_>) -> error::Result<u64> {
        ctx.app().shipping.pickup_locations.count(&self.0).await
    }
}

connection!(
    /// A page of pick-up locations.
    PickupLocationConnection, PickupLocationEdge, PickupLocation, PickupLocationCount
);
