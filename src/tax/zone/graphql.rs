//! Zones of taxes as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::address::graphql::Area;
use crate::entity::tax_zone;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};
use crate::tax::rate::graphql::TaxRate;
use crate::tax::zone::area;
use crate::tax::zone::loader::{TaxAreasOf, TaxRatesOf};

#[derive(Clone)]
pub struct TaxZone(pub Arc<tax_zone::Model>);

/// A part of the world with rates of its own. For a place the zone counts whose area tells most precisely where it is, of
/// several the oldest; where no zone is, no tax is due.
#[Object]
impl TaxZone {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What belongs to it, in the order in which it was entered, at most 500.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn areas(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
        let rows = ctx.loader().load_one(TaxAreasOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(|row| area::of(row).into()).collect())
    }

    /// Its rates, past and future ones too, the oldest entry first, at most 500.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn rates(&self, ctx: &Context<'_>) -> Result<Vec<TaxRate>> {
        let rows = ctx.loader().load_one(TaxRatesOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(TaxRate).collect())
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on the zone for storefronts.
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

    /// When it or one of its rates was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes of it and its rates; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for TaxZone {}

connection!(
    /// A page of tax zones.
    TaxZoneConnection,
    TaxZoneEdge,
    TaxZone,
    TaxZoneCount
);

/// Counts all zones.
pub struct TaxZoneCount;

impl TaxZoneCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().tax.zones.count().await?)
    }
}
