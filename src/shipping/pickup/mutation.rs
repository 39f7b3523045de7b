//! How staff change pick-up locations.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::PickupLocationId;
use crate::shipping::pickup::graphql::PickupLocation;
use crate::shipping::pickup::input::{PickupLocationCreateInput, PickupLocationUpdateInput};

payloads! {
    /// What came of creating a pick-up location.
    PickupLocationCreatePayload {
        /// The new location.
        pickup_location: PickupLocation
    }
    /// What came of changing a pick-up location.
    PickupLocationUpdatePayload {
        /// The location as it now stands.
        pickup_location: PickupLocation
    }
    /// What came of deleting a pick-up location.
    PickupLocationDeletePayload {
        /// The location, if it could not be deleted.
        pickup_location: PickupLocation
    }
}

async fn reload(ctx: &Context<'_>, id: PickupLocationId) -> error::Result<Option<PickupLocation>> {
    Ok(ctx.app().shipping.pickup_locations.find(id).await?.map(|row| PickupLocation(Arc::new(row))))
}

#[derive(Default)]
pub struct PickupLocationMutation;

#[Object]
impl PickupLocationMutation {
    /// Creates a pick-up location. A shop has at most 500. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn pickup_location_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new location.")] input: PickupLocationCreateInput,
    ) -> Result<Option<PickupLocationCreatePayload>> {
        let (id, user_errors) = split(ctx.app().shipping.pickup_locations.create(ctx.actor(), input).await)?;
        let pickup_location = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(PickupLocationCreatePayload { pickup_location, user_errors }))
    }

    /// Changes a pick-up location. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn pickup_location_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the location.")] id: PickupLocationId,
        #[graphql(desc = "The changes.")] input: PickupLocationUpdateInput,
    ) -> Result<Option<PickupLocationUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.pickup_locations.update(ctx.actor(), id, input).await)?;
        Ok(Some(PickupLocationUpdatePayload { pickup_location: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a pick-up location, which no method may lead to. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn pickup_location_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the location.")] id: PickupLocationId,
    ) -> Result<Option<PickupLocationDeletePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.pickup_locations.delete(ctx.actor(), id).await)?;
        Ok(Some(PickupLocationDeletePayload { pickup_location: reload(ctx, id).await?, user_errors }))
    }
}
