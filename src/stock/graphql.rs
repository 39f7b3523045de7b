//! Stock as staff read and change it.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::bulk::Outcome;
use crate::catalog::variant::bulk::Priced;
use crate::catalog::variant::bulk::mutation::{ProductVariantBulkResult, results};
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::mutation::reload;
use crate::entity::stock_location;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::payload::{payloads, split};
use crate::id::ProductVariantId;
use crate::stock::input::{StockLevelAdjustInput, StockLevelBulkSetInput, StockLevelSetInput};
use crate::stock::loader::LocatedLevel;

/// How many units of a variant lie at a location.
#[derive(SimpleObject)]
pub struct StockLevel {
    /// The place where they lie.
    location: StockLocation,
    /// Units that are there.
    on_hand: i32,
    /// Units of them that are promised to orders.
    allocated: i32,
    /// Units that are there and promised to nobody.
    available: i32,
}

pub struct StockLocation(pub stock_location::Model);

/// A place where units lie.
#[Object]
impl StockLocation {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is meant where no location is named.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }
}

impl From<LocatedLevel> for StockLevel {
    fn from((level, location): LocatedLevel) -> Self {
        Self {
            location: StockLocation(location),
            on_hand: units(level.on_hand),
            allocated: units(level.allocated),
            available: units(level.on_hand.saturating_sub(level.allocated)),
        }
    }
}

fn units(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

payloads! {
    /// What came of counting several levels.
    StockLevelBulkSetPayload {
        /// What came of each item, in the order of the input; null where the whole was refused.
        results: Vec<ProductVariantBulkResult>
    }
    /// What came of counting.
    StockLevelSetPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
    /// What came of adding or taking away units.
    StockLevelAdjustPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
}

/// Outcomes whose variants are shown in the default channel.
fn unpriced(outcomes: Vec<Outcome<ProductVariantId>>) -> Vec<Outcome<Priced>> {
    let shown = |outcome: Outcome<ProductVariantId>| Outcome {
        object: outcome.object.map(|variant| Priced { variant, channel: None }),
        user_errors: outcome.user_errors,
    };
    outcomes.into_iter().map(shown).collect()
}

#[derive(Default)]
pub struct StockMutation;

#[Object]
impl StockMutation {
    /// Sets how many units lie at a location, as counted. Requires `STOCK_WRITE`.
    #[graphql(guard = "Can(Permission::StockWrite)")]
    async fn stock_level_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was counted.")] input: StockLevelSetInput,
    ) -> Result<Option<StockLevelSetPayload>> {
        let id = input.variant;
        let (_, user_errors) = split(ctx.app().stock.set(ctx.actor(), input).await)?;
        Ok(Some(StockLevelSetPayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Adds units to a location or takes them away. Two adjustments at once both count. Requires `STOCK_WRITE`.
    #[graphql(guard = "Can(Permission::StockWrite)")]
    async fn stock_level_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What came or went.")] input: StockLevelAdjustInput,
    ) -> Result<Option<StockLevelAdjustPayload>> {
        let id = input.variant;
        let (_, user_errors) = split(ctx.app().stock.adjust(ctx.actor(), input).await)?;
        Ok(Some(StockLevelAdjustPayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Sets how many units lie at locations, as counted. An item that is refused leaves the others alone. Requires
    /// `STOCK_WRITE`.
    #[graphql(guard = "Can(Permission::StockWrite)", complexity = "page::of_list(input.len(), child_complexity)")]
    async fn stock_level_bulk_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was counted, at most 100 items.")] input: Vec<StockLevelBulkSetInput>,
    ) -> Result<Option<StockLevelBulkSetPayload>> {
        let (outcomes, user_errors) = split(ctx.app().stock.bulk_set(ctx.actor(), input).await)?;
        Ok(Some(StockLevelBulkSetPayload { results: results(ctx, outcomes.map(unpriced)).await?, user_errors }))
    }
}
