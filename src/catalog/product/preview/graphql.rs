//! Making and following previews.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::auth::guard::Can;
use crate::auth::{Permission, SignedToken};
use crate::catalog::product::graphql::Product;
use crate::catalog::product::look_ahead;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::graphql::scalar::{DateTime, date_time};
use crate::id::ProductId;

/// A way to look at a product that is not published.
#[derive(SimpleObject)]
pub struct ProductPreview {
    /// Give it to `productPreview`. Whoever holds it sees the product.
    token: String,
    /// From when on it shows nothing any more; 24 hours from now unless the shop is set up otherwise.
    expires_at: DateTime,
}

impl From<SignedToken> for ProductPreview {
    fn from(signed: SignedToken) -> Self {
        Self { token: signed.token, expires_at: date_time(signed.expires_at) }
    }
}

payloads! {
    /// What came of making a preview.
    ProductPreviewCreatePayload {
        /// The preview; as often as one is made, those before go on working.
        preview: ProductPreview
    }
}

#[derive(Default)]
pub struct ProductPreviewQuery;

#[Object]
impl ProductPreviewQuery {
    /// The product that a token of `productPreviewCreate` shows, published or not, with all its variants that are not
    /// archived. What it leads to is there as it is without the token, and what is guarded stays guarded. Null if the
    /// product is deleted or archived by now. Public.
    async fn product_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the preview; one that is wrong or has expired is a `BAD_USER_INPUT`.")]
        token: String,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Product>> {
        let market = ctx.market(channel.as_deref()).await?;
        let found = ctx.app().previews.find(market, &token, look_ahead::of_product(ctx)).await?;
        Ok(found.map(|(found, market)| Product::with_parts(found, market)))
    }
}

#[derive(Default)]
pub struct ProductPreviewMutation;

#[Object]
impl ProductPreviewMutation {
    /// Makes a token by which somebody without an account can look at a product before it is published, for some hours.
    /// It changes nothing. Requires `PRODUCT_READ`.
    #[graphql(guard = "Can(Permission::ProductRead)")]
    async fn product_preview_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
    ) -> Result<Option<ProductPreviewCreatePayload>> {
        let market = ctx.market(None).await?;
        let (signed, user_errors) = split(ctx.app().previews.create(&market, id).await)?;
        Ok(Some(ProductPreviewCreatePayload { preview: signed.map(ProductPreview::from), user_errors }))
    }
}
