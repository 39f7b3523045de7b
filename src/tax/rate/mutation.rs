//! How staff change rates of zones.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{TaxRateId, TaxZoneId};
use crate::tax::rate::graphql::TaxRate;
use crate::tax::rate::input::{TaxRateCreateInput, TaxRateUpdateInput};
use crate::tax::zone::graphql::TaxZone;
use crate::tax::zone::mutation::reload as reload_zone;

payloads! {
    /// What came of adding a rate to a tax zone.
    TaxRateCreatePayload {
        /// The new rate.
        tax_rate: TaxRate,
        /// The zone as it now stands.
        tax_zone: TaxZone
    }
    /// What came of changing a rate.
    TaxRateUpdatePayload {
        /// The rate as it now stands.
        tax_rate: TaxRate,
        /// The zone as it now stands.
        tax_zone: TaxZone
    }
    /// What came of deleting a rate.
    TaxRateDeletePayload {
        /// The rate, if it could not be deleted.
        tax_rate: TaxRate,
        /// The zone that it was of; null if there was no such rate.
        tax_zone: TaxZone
    }
}

/// A rate as it stands, with its zone.
async fn reload(ctx: &Context<'_>, id: Option<TaxRateId>) -> error::Result<(Option<TaxRate>, Option<TaxZone>)> {
    let Some(id) = id else { return Ok((None, None)) };
    match ctx.app().tax.rates.find(id).await? {
        Some(row) => {
            let zone = reload_zone(ctx, row.tax_zone_id).await?;
            Ok((Some(TaxRate(Arc::new(row))), zone))
        }
        None => Ok((None, None)),
    }
}

#[derive(Default)]
pub struct TaxRateMutation;

#[Object]
impl TaxRateMutation {
    /// Adds a rate to a tax zone, which has at most 500. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_rate_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] tax_zone: TaxZoneId,
        #[graphql(desc = "The new rate.")] input: TaxRateCreateInput,
    ) -> Result<Option<TaxRateCreatePayload>> {
        let (id, user_errors) = split(ctx.app().tax.rates.create(ctx.actor(), tax_zone, input).await)?;
        let tax_rate = reload(ctx, id).await?.0;
        Ok(Some(TaxRateCreatePayload { tax_rate, tax_zone: reload_zone(ctx, tax_zone).await?, user_errors }))
    }

    /// Changes a rate. One that is in force is better ended, and another one begun, so that what was asked for before
    /// can still be told. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_rate_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the rate.")] id: TaxRateId,
        #[graphql(desc = "The changes.")] input: TaxRateUpdateInput,
    ) -> Result<Option<TaxRateUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().tax.rates.update(ctx.actor(), id, input).await)?;
        let (tax_rate, tax_zone) = reload(ctx, Some(id)).await?;
        Ok(Some(TaxRateUpdatePayload { tax_rate, tax_zone, user_errors }))
    }

    /// Takes a rate off its tax zone. Requires `TAX_WRITE`.
    #[graphql(guard = "Can(Permission::TaxWrite)")]
    async fn tax_rate_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the rate.")] id: TaxRateId,
    ) -> Result<Option<TaxRateDeletePayload>> {
        let (zone, user_errors) = split(ctx.app().tax.rates.delete(ctx.actor(), id).await)?;
        let (tax_rate, standing) = reload(ctx, Some(id)).await?;
        let tax_zone = match zone {
            Some(zone) => reload_zone(ctx, zone).await?,
            None => standing,
        };
        Ok(Some(TaxRateDeletePayload { tax_rate, tax_zone, user_errors }))
    }
}
