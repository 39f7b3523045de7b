//! How staff change pictures.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::catalog::image::input::{ProductImageAddInput, ProductImageUpdateInput};
use crate::catalog::product::graphql::{Image, Product};
use crate::catalog::product::loader::ImageKey;
use crate::catalog::product::mutation::reload;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::mutation::reload as reload_variant;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{MediaId, ProductId, ProductVariantId};

payloads! {
    /// What came of adding a picture.
    ProductImageAddPayload {
        /// The new picture.
        image: Image,
        /// The product as it now stands.
        product: Product
    }
    /// What came of changing a picture.
    ProductImageUpdatePayload {
        /// The picture as it now stands.
        image: Image,
        /// The product as it now stands.
        product: Product
    }
    /// What came of removing a picture.
    ProductImageRemovePayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of putting pictures in order.
    ProductImagesReorderPayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of choosing the pictures of a variant.
    ProductVariantImagesSetPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
}

async fn load(ctx: &Context<'_>, id: Option<MediaId>) -> Result<Option<Image>> {
    let Some(id) = id else { return Ok(None) };
    let row = ctx.loader().load_one(ImageKey(id)).await?;
    Ok(row.map(|row| Image::new(ctx, &row.into())))
}

async fn product_of(ctx: &Context<'_>, id: Option<ProductId>) -> Result<Option<Product>> {
    match id {
        Some(id) => Ok(reload(ctx, id).await?),
        None => Ok(None),
    }
}

#[derive(Default)]
pub struct ImageMutation;

#[Object]
impl ImageMutation {
    /// Adds a picture to a product, which has at most 100. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_image_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] product: ProductId,
        #[graphql(desc = "The new picture.")] input: ProductImageAddInput,
    ) -> Result<Option<ProductImageAddPayload>> {
        let (id, user_errors) = split(ctx.app().images.add(ctx.actor(), product, input).await)?;
        let (image, product) = (load(ctx, id).await?, reload(ctx, product).await?);
        Ok(Some(ProductImageAddPayload { image, product, user_errors }))
    }

    /// Changes what a picture is said to show, and its place among the product's pictures. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_image_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the picture.")] id: MediaId,
        #[graphql(desc = "The changes.")] input: ProductImageUpdateInput,
    ) -> Result<Option<ProductImageUpdatePayload>> {
        let (product, user_errors) = split(ctx.app().images.update(ctx.actor(), id, input).await)?;
        let (image, product) = (load(ctx, Some(id)).await?, product_of(ctx, product).await?);
        Ok(Some(ProductImageUpdatePayload { image, product, user_errors }))
    }

    /// Removes a picture from its product and from the variants that it shows, where the next one takes its place.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_image_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the picture.")] id: MediaId,
    ) -> Result<Option<ProductImageRemovePayload>> {
        let (product, user_errors) = split(ctx.app().images.remove(ctx.actor(), id).await)?;
        Ok(Some(ProductImageRemovePayload { product: product_of(ctx, product).await?, user_errors }))
    }

    /// Puts the pictures of a product in an order; the first is `Product.image`. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_images_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] product: ProductId,
        #[graphql(desc = "The ids of all its pictures, each once.")] images: Vec<MediaId>,
    ) -> Result<Option<ProductImagesReorderPayload>> {
        let (_, user_errors) = split(ctx.app().images.reorder(ctx.actor(), product, &images).await)?;
        Ok(Some(ProductImagesReorderPayload { product: reload(ctx, product).await?, user_errors }))
    }

    /// Chooses the pictures that show a variant; the first is `ProductVariant.image`. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_images_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
        #[graphql(desc = "The ids of at most 20 pictures of its product, in order; none if the product's serve.")]
        images: Vec<MediaId>,
    ) -> Result<Option<ProductVariantImagesSetPayload>> {
        let (_, user_errors) = split(ctx.app().images.set_of_variant(ctx.actor(), id, &images).await)?;
        Ok(Some(ProductVariantImagesSetPayload { variant: reload_variant(ctx, id, None).await?, user_errors }))
    }
}
