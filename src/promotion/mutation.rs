//! How staff change promotions and their codes.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{PromotionCodeId, PromotionId};
use crate::promotion::code::graphql::PromotionCode;
use crate::promotion::code::input::{PromotionCodesAddInput, PromotionCodesGenerateInput};
use crate::promotion::graphql::Promotion;
use crate::promotion::input::{PromotionCreateInput, PromotionUpdateInput};

payloads! {
    /// What came of creating a promotion.
    PromotionCreatePayload {
        /// The new promotion.
        promotion: Promotion
    }
    /// What came of changing a promotion.
    PromotionUpdatePayload {
        /// The promotion as it now stands.
        promotion: Promotion
    }
    /// What came of deleting a promotion.
    PromotionDeletePayload {
        /// The promotion, if it could not be deleted.
        promotion: Promotion
    }
    /// What came of entering codes.
    PromotionCodesAddPayload {
        /// The promotion as it now stands.
        promotion: Promotion,
        /// The new codes, in the order in which they were given; at most 100.
        codes: Vec<PromotionCode>
    }
    /// What came of making codes up.
    PromotionCodesGeneratePayload {
        /// The promotion as it now stands.
        promotion: Promotion,
        /// The new codes, at most 1,000.
        codes: Vec<PromotionCode>
    }
    /// What came of removing codes.
    PromotionCodesRemovePayload {
        /// The promotion as it now stands.
        promotion: Promotion
    }
}

async fn reload(ctx: &Context<'_>, id: PromotionId) -> error::Result<Option<Promotion>> {
    Ok(ctx.app().promotions.find(id).await?.map(|row| Promotion(Arc::new(row))))
}

#[derive(Default)]
pub struct PromotionMutation;

#[Object]
impl PromotionMutation {
    /// Creates a promotion. A shop has at most 500 that have not ended, and keeps at most 1,000. Requires
    /// `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new promotion.")] input: PromotionCreateInput,
    ) -> Result<Option<PromotionCreatePayload>> {
        let (id, user_errors) = split(ctx.app().promotions.create(ctx.actor(), input).await)?;
        let promotion = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(PromotionCreatePayload { promotion, user_errors }))
    }

    /// Changes a promotion. Requires `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
        #[graphql(desc = "The changes.")] input: PromotionUpdateInput,
    ) -> Result<Option<PromotionUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().promotions.update(ctx.actor(), id, input).await)?;
        Ok(Some(PromotionUpdatePayload { promotion: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a promotion with its codes; orders keep what they were given by it. Requires `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
    ) -> Result<Option<PromotionDeletePayload>> {
        let (_, user_errors) = split(ctx.app().promotions.delete(ctx.actor(), id).await)?;
        Ok(Some(PromotionDeletePayload { promotion: reload(ctx, id).await?, user_errors }))
    }

    /// Enters codes of a promotion that needs one; all of them or none. Requires `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
        #[graphql(desc = "The codes.")] input: PromotionCodesAddInput,
    ) -> Result<Option<PromotionCodesAddPayload>> {
        let (rows, user_errors) = split(ctx.app().promotion_codes.add(ctx.actor(), id, input).await)?;
        let codes = PromotionCode::list(ctx, rows)?;
        Ok(Some(PromotionCodesAddPayload { promotion: reload(ctx, id).await?, codes, user_errors }))
    }

    /// Makes up codes that nobody guesses, of a promotion that needs one. Requires `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_codes_generate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
        #[graphql(desc = "How many codes, and how they look.")] input: PromotionCodesGenerateInput,
    ) -> Result<Option<PromotionCodesGeneratePayload>> {
        let (rows, user_errors) = split(ctx.app().promotion_codes.generate(ctx.actor(), id, input).await)?;
        let codes = PromotionCode::list(ctx, rows)?;
        Ok(Some(PromotionCodesGeneratePayload { promotion: reload(ctx, id).await?, codes, user_errors }))
    }

    /// Removes codes of a promotion; ids of others are left alone. What was used with them still counts for the
    /// promotion. Requires `PROMOTION_WRITE`.
    #[graphql(guard = "Can(Permission::PromotionWrite)")]
    async fn promotion_codes_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
        #[graphql(desc = "The ids of the codes, at most 100.")] codes: Vec<PromotionCodeId>,
    ) -> Result<Option<PromotionCodesRemovePayload>> {
        let (_, user_errors) = split(ctx.app().promotion_codes.remove(ctx.actor(), id, &codes).await)?;
        Ok(Some(PromotionCodesRemovePayload { promotion: reload(ctx, id).await?, user_errors }))
    }
}
