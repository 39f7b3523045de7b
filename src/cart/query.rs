//! How carts are found.

use async_graphql::{Context, Object, Result};

use crate::cart::graphql::Cart;
use crate::graphql::context::ContextExt;
use crate::id::CartKey;

#[derive(Default)]
pub struct CartQuery;

#[Object]
impl CartQuery {
    /// The cart of an id; null if there is none, or its time is over, or it is a customer's and you are not that
    /// customer. Customers find their own by `viewer { cart }`. Public.
    async fn cart(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the cart.")] id: CartKey,
    ) -> Result<Option<Cart>> {
        Ok(Box::pin(ctx.app().carts.find(ctx.actor(), id)).await?.map(Cart::new))
    }
}
