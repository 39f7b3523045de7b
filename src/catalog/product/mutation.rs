//! How staff change products.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::input::{ProductCreateInput, ProductDuplicateInput, ProductUpdateInput};
use crate::catalog::product::parts::Wanted;
use crate::catalog::status::StatusChange;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::ProductId;

payloads! {
    /// What came of creating a product.
    ProductCreatePayload {
        /// The new product.
        product: Product
    }
    /// What came of changing a product.
    ProductUpdatePayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of publishing a product.
    ProductPublishPayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of taking a product back.
    ProductUnpublishPayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of archiving a product.
    ProductArchivePayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of copying a product.
    ProductDuplicatePayload {
        /// The copy.
        product: Product
    }
    /// What came of deleting a product.
    ProductDeletePayload {
        /// The product, if it could not be deleted.
        product: Product
    }
}

/// The product as it stands after a mutation, in the default channel.
pub async fn reload(ctx: &Context<'_>, id: ProductId) -> error::Result<Option<Product>> {
    let market = ctx.market(None).await?;
    let found = ctx.app().product_reader.find(&market, id, Wanted::ROW).await?;
    Ok(found.map(|found| Product::with_parts(found, market)))
}

/// The same, or the product in another channel for those who see it only there.
pub async fn reload_in(ctx: &Context<'_>, id: ProductId, channel: &str) -> error::Result<Option<Product>> {
    if let Some(product) = reload(ctx, id).await? {
        return Ok(Some(product));
    }
    let market = match ctx.market(Some(channel)).await {
        // The mutation has said that there is no such channel.
        Err(error::Error::BadInput(_)) => return Ok(None),
        market => market?,
    };
    let found = ctx.app().product_reader.find(&market, id, Wanted::ROW).await?;
    Ok(found.map(|found| Product::with_parts(found, market)))
}

#[derive(Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Creates a product with all that belongs to it. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new product.")] input: ProductCreateInput,
    ) -> Result<Option<ProductCreatePayload>> {
        let (id, user_errors) = split(ctx.app().products.create(ctx.actor(), input).await)?;
        let product = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(ProductCreatePayload { product, user_errors }))
    }

    /// Changes a product's texts, tags and pictures. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The changes.")] input: ProductUpdateInput,
    ) -> Result<Option<ProductUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().products.update(ctx.actor(), id, input).await)?;
        Ok(Some(ProductUpdatePayload { product: reload(ctx, id).await?, user_errors }))
    }

    /// Shows a product to shoppers in every channel that it is assigned to and where a variant has a price. Requires
    /// `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
    ) -> Result<Option<ProductPublishPayload>> {
        let change = StatusChange::Publish;
        let (_, user_errors) = split(ctx.app().products.set_status(ctx.actor(), id, change).await)?;
        Ok(Some(ProductPublishPayload { product: reload(ctx, id).await?, user_errors }))
    }

    /// Hides a product from shoppers: it is a draft again. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
    ) -> Result<Option<ProductUnpublishPayload>> {
        let change = StatusChange::Unpublish;
        let (_, user_errors) = split(ctx.app().products.set_status(ctx.actor(), id, change).await)?;
        Ok(Some(ProductUnpublishPayload { product: reload(ctx, id).await?, user_errors }))
    }

    /// Takes a product out of the shop for good and keeps it for what refers to it. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
    ) -> Result<Option<ProductArchivePayload>> {
        let change = StatusChange::Archive;
        let (_, user_errors) = split(ctx.app().products.set_status(ctx.actor(), id, change).await)?;
        Ok(Some(ProductArchivePayload { product: reload(ctx, id).await?, user_errors }))
    }

    /// Makes a draft of a product under another name: with its texts, tags, options, pictures, attributes, and the
    /// variants that are not archived with their prices in all channels; shown by the same channels, once published, and
    /// last in the same collections, if these are picked by hand. SKUs, barcodes, external ids and stock stay behind.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product to copy.")] id: ProductId,
        #[graphql(desc = "What the copy is called.")] input: ProductDuplicateInput,
    ) -> Result<Option<ProductDuplicatePayload>> {
        let (copy, user_errors) = split(ctx.app().products.duplicate(ctx.actor(), id, input).await)?;
        let product = match copy {
            Some(copy) => reload(ctx, copy).await?,
            None => None,
        };
        Ok(Some(ProductDuplicatePayload { product, user_errors }))
    }

    /// Deletes a product with all that belongs to it. One whose units were counted or moved can only be archived
    /// (`IN_USE`). Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
    ) -> Result<Option<ProductDeletePayload>> {
        let (_, user_errors) = split(ctx.app().products.delete(ctx.actor(), id).await)?;
        Ok(Some(ProductDeletePayload { product: reload(ctx, id).await?, user_errors }))
    }
}
