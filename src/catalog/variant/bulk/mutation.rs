//! How staff change many variants at once.

use async_graphql::{Context, Object, Result, SimpleObject};
use futures::future::try_join_all;

use crate::auth::Permission;
use crate::auth::guard::CanSomewhere;
use crate::bulk::Outcome;
use crate::catalog::variant::bulk::Priced;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::input::ProductVariantBulkPriceSetInput;
use crate::catalog::variant::mutation::reload;
use crate::error::UserError;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::payload::{payloads, split};

payloads! {
    /// What came of setting prices.
    ProductVariantBulkPriceSetPayload {
        /// What came of each item, in the order of the input; null where the whole was refused.
        results: Vec<ProductVariantBulkResult>
    }
}

/// What came of one variant of several.
#[derive(SimpleObject)]
pub struct ProductVariantBulkResult {
    /// The variant as it now stands, in the channel whose price was set and else in the default channel; null if there
    /// is none of this name.
    variant: Option<ProductVariant>,
    /// What a person has to mend; empty where all went well. The variant was left as it is where it is not empty.
    user_errors: Vec<UserError>,
}

/// The results of a list of items, with their variants as they stand.
pub async fn results(
    ctx: &Context<'_>,
    outcomes: Option<Vec<Outcome<Priced>>>,
) -> Result<Option<Vec<ProductVariantBulkResult>>> {
    let Some(outcomes) = outcomes else { return Ok(None) };
    ctx.admit(outcomes.len())?;
    try_join_all(outcomes.into_iter().map(|outcome| result(ctx, outcome))).await.map(Some)
}

async fn result(ctx: &Context<'_>, outcome: Outcome<Priced>) -> Result<ProductVariantBulkResult> {
    let variant = match outcome.object {
        Some(Priced { variant, channel }) => reload(ctx, variant, channel.as_deref()).await?,
        None => None,
    };
    Ok(ProductVariantBulkResult { variant, user_errors: outcome.user_errors })
}

#[derive(Default)]
pub struct ProductVariantBulkMutation;

#[Object]
impl ProductVariantBulkMutation {
    /// Sets what variants cost in channels, or takes them out of channels. An item that is refused leaves the others
    /// alone. A role limited to all the channels that are named will do, for products that are assigned to a channel of
    /// it. Requires `PRODUCT_WRITE`.
    #[graphql(
        guard = "CanSomewhere(Permission::ProductWrite)",
        complexity = "page::of_list(input.len(), child_complexity)"
    )]
    async fn product_variant_bulk_price_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The prices, at most 100.")] input: Vec<ProductVariantBulkPriceSetInput>,
    ) -> Result<Option<ProductVariantBulkPriceSetPayload>> {
        let (outcomes, user_errors) = split(ctx.app().variants.bulk_set_prices(ctx.actor(), input).await)?;
        Ok(Some(ProductVariantBulkPriceSetPayload { results: results(ctx, outcomes).await?, user_errors }))
    }
}
