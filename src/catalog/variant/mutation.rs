//! How staff change variants.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::{Can, CanSomewhere};
use crate::catalog::status::StatusChange;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::input::{
    ProductVariantCreateInput, ProductVariantPriceSetInput, ProductVariantUpdateInput,
};
use crate::catalog::variant::loader::VariantIn;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{ProductId, ProductVariantId};

payloads! {
    /// What came of creating a variant.
    ProductVariantCreatePayload {
        /// The new variant.
        variant: ProductVariant
    }
    /// What came of changing a variant.
    ProductVariantUpdatePayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
    /// What came of publishing a variant.
    ProductVariantPublishPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
    /// What came of taking a variant back.
    ProductVariantUnpublishPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
    /// What came of archiving a variant.
    ProductVariantArchivePayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
    /// What came of deleting a variant.
    ProductVariantDeletePayload {
        /// The variant, if it could not be deleted.
        variant: ProductVariant
    }
    /// What came of setting a price.
    ProductVariantPriceSetPayload {
        /// The variant as it now stands, in the channel of the price.
        variant: ProductVariant
    }
}

/// The variant as it stands after a mutation, in a channel.
pub async fn reload(
    ctx: &Context<'_>,
    id: ProductVariantId,
    channel: Option<&str>,
) -> async_graphql::Result<Option<ProductVariant>> {
    let market = match ctx.market(channel).await {
        // The mutation has said that there is no such channel.
        Err(error::Error::BadInput(_)) => ctx.market(None).await?,
        market => market?,
    };
    let row = ctx.loader().load_one(VariantIn(market.scope, id)).await?;
    Ok(row.map(|row| ProductVariant::new(row, market)))
}

#[derive(Default)]
pub struct ProductVariantMutation;

#[Object]
impl ProductVariantMutation {
    /// Adds a variant to a product. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] product: ProductId,
        #[graphql(desc = "The new variant.")] input: ProductVariantCreateInput,
    ) -> Result<Option<ProductVariantCreatePayload>> {
        let (id, user_errors) = split(ctx.app().variants.create(ctx.actor(), product, input).await)?;
        let variant = match id {
            Some(id) => reload(ctx, id, None).await?,
            None => None,
        };
        Ok(Some(ProductVariantCreatePayload { variant, user_errors }))
    }

    /// Changes a variant. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
        #[graphql(desc = "The changes.")] input: ProductVariantUpdateInput,
    ) -> Result<Option<ProductVariantUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().variants.update(ctx.actor(), id, input).await)?;
        Ok(Some(ProductVariantUpdatePayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Shows a variant to shoppers. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
    ) -> Result<Option<ProductVariantPublishPayload>> {
        let (_, user_errors) = split(ctx.app().variants.set_status(ctx.actor(), id, StatusChange::Publish).await)?;
        Ok(Some(ProductVariantPublishPayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Hides a variant from shoppers: it is a draft again. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
    ) -> Result<Option<ProductVariantUnpublishPayload>> {
        let (_, user_errors) = split(ctx.app().variants.set_status(ctx.actor(), id, StatusChange::Unpublish).await)?;
        Ok(Some(ProductVariantUnpublishPayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Takes a variant out of the shop for good and keeps it for what refers to it. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
    ) -> Result<Option<ProductVariantArchivePayload>> {
        let (_, user_errors) = split(ctx.app().variants.set_status(ctx.actor(), id, StatusChange::Archive).await)?;
        Ok(Some(ProductVariantArchivePayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Deletes a variant. One whose units were counted or moved can only be archived (`IN_USE`). Requires
    /// `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
    ) -> Result<Option<ProductVariantDeletePayload>> {
        let (_, user_errors) = split(ctx.app().variants.delete(ctx.actor(), id).await)?;
        Ok(Some(ProductVariantDeletePayload { variant: reload(ctx, id, None).await?, user_errors }))
    }

    /// Sets what a variant costs in a channel, or takes it out of the channel. A role limited to the channel will do, if
    /// the product is assigned to a channel of it. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "CanSomewhere(Permission::ProductWrite)")]
    async fn product_variant_price_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
        #[graphql(desc = "The price.")] input: ProductVariantPriceSetInput,
    ) -> Result<Option<ProductVariantPriceSetPayload>> {
        let channel = input.channel.clone();
        let (_, user_errors) = split(ctx.app().variants.set_price(ctx.actor(), id, input).await)?;
        let variant = reload(ctx, id, channel.as_deref()).await?;
        Ok(Some(ProductVariantPriceSetPayload { variant, user_errors }))
    }
}
