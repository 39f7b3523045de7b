//! How staff change zones of taxes.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::TaxZoneId;
use crate::tax::zone::graphql::TaxZone;
use crate::tax::zone::input::{TaxZoneCreateInput, TaxZoneUpdateInput};

payloads! {
    /// What came of creating a tax zone.
    TaxZoneCreatePayload {
        /// The new zone.
        tax_zone: TaxZone
    }
    /// What came of changing a tax zone.
    TaxZoneUpdatePayload {
        /// The zone as it now stands.
        tax_zone: TaxZone
    }
    /// What came of deleting a tax zone.
    TaxZoneDeletePayload {
        /// The zone, if it could not be deleted.
        tax_zone: TaxZone
    }
}

pub async fn reload(ctx: &Context<'_>, id: TaxZoneId) -> error::Result<Option<TaxZone>> {
    Ok(ctx.app().tax.zones.find(id).await?.map(|row| TaxZone(Arc::new(row))))
}

#[derive(Default)]
pub struct TaxZoneMutation;

#[Object]
impl TaxZoneMutation {
    /// Creates a tax zone. A shop has at most 300. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_zone_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new zone.")] input: TaxZoneCreateInput,
    ) -> Result<Option<TaxZoneCreatePayload>> {
        let (id, user_errors) = split(ctx.app().tax.zones.create(ctx.actor(), input).await)?;
        let tax_zone = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(TaxZoneCreatePayload { tax_zone, user_errors }))
    }

    /// Changes a tax zone. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_zone_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: TaxZoneId,
        #[graphql(desc = "The changes.")] input: TaxZoneUpdateInput,
    ) -> Result<Option<TaxZoneUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().tax.zones.update(ctx.actor(), id, input).await)?;
        Ok(Some(TaxZoneUpdatePayload { tax_zone: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a tax zone with its rates. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_zone_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: TaxZoneId,
    ) -> Result<Option<TaxZoneDeletePayload>> {
        let (_, user_errors) = split(ctx.app().tax.zones.delete(ctx.actor(), id).await)?;
        Ok(Some(TaxZoneDeletePayload { tax_zone: reload(ctx, id).await?, user_errors }))
    }
}
