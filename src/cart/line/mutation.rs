//! How lines of carts are changed.

use async_graphql::{Context, Object, Result};

use crate::cart::graphql::Cart;
use crate::cart::input::{CartLineInput, CartLineUpdateInput};
use crate::cart::mutation::edited;
use crate::cart::spec;
use crate::graphql::payload::payloads;
use crate::id::{CartKey, CartLineId};

payloads! {
    /// What came of putting something into a cart.
    CartLinesAddPayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of changing lines.
    CartLinesUpdatePayload {
        /// The cart as it now stands.
        cart: Cart
    }
    /// What came of taking lines away.
    CartLinesRemovePayload {
        /// The cart as it now stands.
        cart: Cart
    }
}

#[derive(Default)]
pub struct CartLineMutation;

#[Object]
impl CartLineMutation {
    /// Puts units of variants into a cart. What there is not enough of is refused (`INSUFFICIENT_STOCK`, with
    /// `available`), and so is what is more than the channel allows (`LIMIT_EXCEEDED`, with `limit`). Public.
    async fn cart_lines_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "What is put into it, at most 250 lines.")] lines: Vec<CartLineInput>,
    ) -> Result<Option<CartLinesAddPayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::lines_added(lines)).await?;
        Ok(Some(CartLinesAddPayload { cart, user_errors }))
    }

    /// Changes the quantities and attributes of lines; less is always possible. Public.
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The changes, at most 250.")] lines: Vec<CartLineUpdateInput>,
    ) -> Result<Option<CartLinesUpdatePayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::lines_updated(lines)).await?;
        Ok(Some(CartLinesUpdatePayload { cart, user_errors }))
    }

    /// Takes lines out of a cart. Public.
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
        #[graphql(desc = "The ids of the lines, at most 250.")] lines: Vec<CartLineId>,
    ) -> Result<Option<CartLinesRemovePayload>> {
        let (cart, _, user_errors) = edited(ctx, id, spec::lines_removed(&lines)).await?;
        Ok(Some(CartLinesRemovePayload { cart, user_errors }))
    }
}
