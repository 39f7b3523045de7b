//! How staff change shipping zones.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::ShippingZoneId;
use crate::shipping::zone::graphql::ShippingZone;
use crate::shipping::zone::input::{ShippingZoneCreateInput, ShippingZoneUpdateInput};

payloads! {
    /// What came of creating a shipping zone.
    ShippingZoneCreatePayload {
        /// The new zone.
        shipping_zone: ShippingZone
    }
    /// What came of changing a shipping zone.
    ShippingZoneUpdatePayload {
        /// The zone as it now stands.
        shipping_zone: ShippingZone
    }
    /// What came of deleting a shipping zone.
    ShippingZoneDeletePayload {
        /// The zone, if it could not be deleted.
        shipping_zone: ShippingZone
    }
}

async fn reload(ctx: &Context<'_>, id: ShippingZoneId) -> error::Result<Option<ShippingZone>> {
    Ok(ctx.app().shipping.zones.find(id).await?.map(|row| ShippingZone(Arc::new(row))))
}

#[derive(Default)]
pub struct ShippingZoneMutation;

#[Object]
impl ShippingZoneMutation {
    /// Creates a shipping zone. A shop has at most 300. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_zone_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new zone.")] input: ShippingZoneCreateInput,
    ) -> Result<Option<ShippingZoneCreatePayload>> {
        let (id, user_errors) = split(ctx.app().shipping.zones.create(ctx.actor(), input).await)?;
        let shipping_zone = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(ShippingZoneCreatePayload { shipping_zone, user_errors }))
    }

    /// Changes a shipping zone; its methods stay as they are. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_zone_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: ShippingZoneId,
        #[graphql(desc = "The changes.")] input: ShippingZoneUpdateInput,
    ) -> Result<Option<ShippingZoneUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.zones.update(ctx.actor(), id, input).await)?;
        Ok(Some(ShippingZoneUpdatePayload { shipping_zone: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a shipping zone with its methods. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_zone_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: ShippingZoneId,
    ) -> Result<Option<ShippingZoneDeletePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.zones.delete(ctx.actor(), id).await)?;
        Ok(Some(ShippingZoneDeletePayload { shipping_zone: reload(ctx, id).await?, user_errors }))
    }
}
