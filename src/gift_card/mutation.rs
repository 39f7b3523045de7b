//! How staff issue and change gift cards.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::gift_card::graphql::GiftCard;
use crate::gift_card::input::{GiftCardBalanceAdjustInput, GiftCardIssueInput, GiftCardUpdateInput};
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::GiftCardId;

payloads! {
    /// What came of issuing a gift card.
    GiftCardIssuePayload {
        /// The card as it now stands; null for who may not see gift cards.
        gift_card: GiftCard,
        /// What whoever pays with the card types. It is told here alone, and kept nowhere; the same request sent again is
        /// told it once more.
        code: String
    }
    /// What came of changing a gift card.
    GiftCardUpdatePayload {
        /// The card as it now stands; null for who may not see gift cards.
        gift_card: GiftCard
    }
    /// What came of putting something on a gift card or taking it off.
    GiftCardBalanceAdjustPayload {
        /// The card as it now stands; null for who may not see gift cards.
        gift_card: GiftCard
    }
    /// What came of disabling a gift card.
    GiftCardDisablePayload {
        /// The card as it now stands; null for who may not see gift cards.
        gift_card: GiftCard
    }
    /// What came of enabling a gift card.
    GiftCardEnablePayload {
        /// The card as it now stands; null for who may not see gift cards.
        gift_card: GiftCard
    }
}

/// The card as it stands after a mutation, as far as the actor may see it.
async fn reload(ctx: &Context<'_>, id: GiftCardId) -> error::Result<Option<GiftCard>> {
    Ok(ctx.app().gift_cards.find(ctx.actor(), id).await?.map(|row| GiftCard(Arc::new(row))))
}

#[derive(Default)]
pub struct GiftCardMutation;

#[Object]
impl GiftCardMutation {
    /// Issues a gift card. Requires `GIFT_CARD_WRITE`.
    #[graphql(guard = "Can(Permission::GiftCardWrite)")]
    async fn gift_card_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new gift card.")] input: GiftCardIssueInput,
    ) -> Result<Option<GiftCardIssuePayload>> {
        let (issued, user_errors) = split(ctx.app().gift_cards.issue(ctx.actor(), input).await)?;
        let (gift_card, code) = match issued {
            Some(issued) => (reload(ctx, issued.id).await?, issued.code),
            None => (None, None),
        };
        Ok(Some(GiftCardIssuePayload { gift_card, code, user_errors }))
    }

    /// Changes a gift card, but for what is on it. Requires `GIFT_CARD_WRITE`.
    #[graphql(guard = "Can(Permission::GiftCardWrite)")]
    async fn gift_card_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the gift card.")] id: GiftCardId,
        #[graphql(desc = "The changes.")] input: GiftCardUpdateInput,
    ) -> Result<Option<GiftCardUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().gift_cards.update(ctx.actor(), id, input).await)?;
        Ok(Some(GiftCardUpdatePayload { gift_card: reload(ctx, id).await?, user_errors }))
    }

    /// Puts an amount on a gift card or takes it off, also where it pays no more. What would leave less than nothing is
    /// refused, and the error tells in `amount` what is there. Requires `GIFT_CARD_WRITE`.
    #[graphql(guard = "Can(Permission::GiftCardWrite)")]
    async fn gift_card_balance_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the gift card.")] id: GiftCardId,
        #[graphql(desc = "What comes or goes.")] input: GiftCardBalanceAdjustInput,
    ) -> Result<Option<GiftCardBalanceAdjustPayload>> {
        let (_, user_errors) = split(ctx.app().gift_cards.adjust(ctx.actor(), id, input).await)?;
        Ok(Some(GiftCardBalanceAdjustPayload { gift_card: reload(ctx, id).await?, user_errors }))
    }

    /// Lets a gift card pay no more; one that does not already is left alone. Requires `GIFT_CARD_WRITE`.
    #[graphql(guard = "Can(Permission::GiftCardWrite)")]
    async fn gift_card_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the gift card.")] id: GiftCardId,
    ) -> Result<Option<GiftCardDisablePayload>> {
        let (_, user_errors) = split(ctx.app().gift_cards.disable(ctx.actor(), id).await)?;
        Ok(Some(GiftCardDisablePayload { gift_card: reload(ctx, id).await?, user_errors }))
    }

    /// Lets a gift card that was disabled pay again. Requires `GIFT_CARD_WRITE`.
    #[graphql(guard = "Can(Permission::GiftCardWrite)")]
    async fn gift_card_enable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the gift card.")] id: GiftCardId,
    ) -> Result<Option<GiftCardEnablePayload>> {
        let (_, user_errors) = split(ctx.app().gift_cards.enable(ctx.actor(), id).await)?;
        Ok(Some(GiftCardEnablePayload { gift_card: reload(ctx, id).await?, user_errors }))
    }
}
