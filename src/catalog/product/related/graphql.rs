//! How staff pick related products.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::mutation::reload;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::ProductId;

payloads! {
    /// What came of picking related products.
    ProductRelatedSetPayload {
        /// The product as it now stands.
        product: Product
    }
}

#[derive(Default)]
pub struct ProductRelatedMutation;

#[Object]
impl ProductRelatedMutation {
    /// Picks the products that are shown beside another one, in order, in the place of those that were picked before.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_related_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The products to show beside it, at most 20; one that is named twice has its first place. \
                         An empty list leaves it to the collections.")]
        products: Vec<ProductId>,
    ) -> Result<Option<ProductRelatedSetPayload>> {
        let (_, user_errors) = split(ctx.app().products.set_related(ctx.actor(), id, products).await)?;
        Ok(Some(ProductRelatedSetPayload { product: reload(ctx, id).await?, user_errors }))
    }
}
