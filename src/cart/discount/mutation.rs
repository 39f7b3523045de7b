//! How codes and gift cards come into carts.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::cart::edit::Edit;
use crate::cart::graphql::Cart;
use crate::cart::mutation::edited;
use crate::cart::spec;
use crate::error::UserError;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::payloads;
use crate::id::{CartKey, GiftCardId};

/// What came of adding codes.
#[derive(SimpleObject)]
pub struct CartCodesAddPayload {
    /// The cart as it now stands.
    cart: Option<Cart>,
    /// The codes that went, because one that was added may not stand beside them; at most 20. Null where nothing was
    /// done.
    replaced_codes: Option<Vec<String>>,
    /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
    user_errors: Vec<UserError>,
}

payloads! {
    /// What came of removing codes.
    CartCodesRemovePayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of adding a gift card.
    CartGiftCardAddPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of removing a gift card.
    CartGiftCardRemovePayload {
        /// The cart as it now stands.
        cart: Cart
    }
}

#[derive(Default)]
pub struct CartDiscountMutation;

#[Object]
impl CartDiscountMutation {
    /// Adds codes of promotions to a cart; letter case does not matter, and a code that is there already is not added
    /// again. A code that is unknown (`NOT_FOUND`), over (`CODE_EXPIRED`), used up (`CODE_USED_UP`) or gives nothing
    /// (`CODE_NOT_APPLICABLE`) is refused. One that may not stand beside another takes its place. Public.
    async fn cart_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The codes, at most 20.")] codes: Vec<String>,
    ) -> Result<Option<CartCodesAddPayload>> {
        let (cart, replaced_codes, user_errors) = edited(ctx, id, spec::codes_added(codes)).await?;
        let replaced_codes = user_errors.is_empty().then_some(replaced_codes);
        Ok(Some(CartCodesAddPayload { cart, replaced_codes, user_errors }))
    }

    /// Removes codes from a cart; those that are not there are left alone. Public.
    async fn cart_codes_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The codes, at most 20.")] codes: Vec<String>,
    ) -> Result<Option<CartCodesRemovePayload>> {
        let edits = codes.into_iter().take(20).map(Edit::RemoveCode).collect();
        let (cart, _, user_errors) = edited(ctx, id, Ok(edits)).await?;
        Ok(Some(CartCodesRemovePayload { cart, user_errors }))
    }

    /// Adds a gift card, which pays what it can of the cart. Public.
    async fn cart_gift_card_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The code of the card; case, spaces and hyphens do not matter.")] code: String,
    ) -> Result<Option<CartGiftCardAddPayload>> {
        let edits = Box::pin(ctx.app().carts.gift_card_edits(ctx.actor(), id, &code)).await;
        let (cart, _, user_errors) = edited(ctx, id, edits).await?;
        Ok(Some(CartGiftCardAddPayload { cart, user_errors }))
    }

    /// Removes a gift card; one that is not there is left alone. Public.
    async fn cart_gift_card_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The id of the card.")] gift_card: GiftCardId,
    ) -> Result<Option<CartGiftCardRemovePayload>> {
        let (cart, _, user_errors) = edited(ctx, id, Ok(vec![Edit::RemoveGiftCard(gift_card)])).await?;
        Ok(Some(CartGiftCardRemovePayload { cart, user_errors }))
    }
}
