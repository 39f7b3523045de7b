//! How staff define attributes and give values of them.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::catalog::attribute::graphql::Attribute;
use crate::catalog::attribute::input::{AttributeCreateInput, AttributeUpdateInput, AttributeValueInput};
use crate::catalog::product::graphql::Product;
use crate::catalog::product::mutation as product;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::mutation as variant;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{AttributeId, ProductId, ProductVariantId};

payloads! {
    /// What came of creating an attribute.
    AttributeCreatePayload {
        /// The new attribute.
        attribute: Attribute
    }
    /// What came of changing an attribute.
    AttributeUpdatePayload {
        /// The attribute as it now stands.
        attribute: Attribute
    }
    /// What came of moving an attribute.
    AttributeMovePayload {
        /// The attribute as it now stands.
        attribute: Attribute
    }
    /// What came of deleting an attribute.
    AttributeDeletePayload {
        /// The attribute, if it could not be deleted.
        attribute: Attribute
    }
    /// What came of giving a product values.
    ProductAttributesSetPayload {
        /// The product as it now stands.
        product: Product
    }
    /// What came of giving a variant values.
    ProductVariantAttributesSetPayload {
        /// The variant as it now stands.
        variant: ProductVariant
    }
}

/// The attribute as it stands after a mutation.
async fn reload(ctx: &Context<'_>, id: AttributeId) -> error::Result<Option<Attribute>> {
    Ok(ctx.app().attribute_reader.find(id).await?.map(Attribute::new))
}

#[derive(Default)]
pub struct AttributeMutation;

#[Object]
impl AttributeMutation {
    /// Creates an attribute, behind all others; a shop has at most 500. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn attribute_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new attribute.")] input: AttributeCreateInput,
    ) -> Result<Option<AttributeCreatePayload>> {
        let (id, user_errors) = split(ctx.app().attributes.create(ctx.actor(), input).await)?;
        let attribute = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(AttributeCreatePayload { attribute, user_errors }))
    }

    /// Changes an attribute and its choices. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn attribute_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the attribute.")] id: AttributeId,
        #[graphql(desc = "The changes.")] input: AttributeUpdateInput,
    ) -> Result<Option<AttributeUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().attributes.update(ctx.actor(), id, input).await)?;
        Ok(Some(AttributeUpdatePayload { attribute: reload(ctx, id).await?, user_errors }))
    }

    /// Puts an attribute before another one in the shop's order. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn attribute_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the attribute.")] id: AttributeId,
        #[graphql(desc = "The attribute before which it shall stand; behind all others if absent.")] before: Option<
            AttributeId,
        >,
    ) -> Result<Option<AttributeMovePayload>> {
        let (_, user_errors) = split(ctx.app().attributes.move_before(ctx.actor(), id, before).await)?;
        Ok(Some(AttributeMovePayload { attribute: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes an attribute of which nothing has a value and that no collection's rules name (else `IN_USE`). Requires
    /// `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn attribute_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the attribute.")] id: AttributeId,
    ) -> Result<Option<AttributeDeletePayload>> {
        let (_, user_errors) = split(ctx.app().attributes.delete(ctx.actor(), id).await)?;
        Ok(Some(AttributeDeletePayload { attribute: reload(ctx, id).await?, user_errors }))
    }

    /// Replaces the values that a product has of the attributes that are named; it can have values of at most 50.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_attributes_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The values, attribute by attribute; others stay as they are.")] input: Vec<
            AttributeValueInput,
        >,
    ) -> Result<Option<ProductAttributesSetPayload>> {
        let (_, user_errors) = split(ctx.app().attributes.set_of_product(ctx.actor(), id, input).await)?;
        Ok(Some(ProductAttributesSetPayload { product: product::reload(ctx, id).await?, user_errors }))
    }

    /// Replaces the values that a variant has of the attributes that are named; it can have values of at most 50.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)")]
    async fn product_variant_attributes_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the variant.")] id: ProductVariantId,
        #[graphql(desc = "The values, attribute by attribute; others stay as they are.")] input: Vec<
            AttributeValueInput,
        >,
    ) -> Result<Option<ProductVariantAttributesSetPayload>> {
        let (_, user_errors) = split(ctx.app().attributes.set_of_variant(ctx.actor(), id, input).await)?;
        let variant = variant::reload(ctx, id, None).await?;
        Ok(Some(ProductVariantAttributesSetPayload { variant, user_errors }))
    }
}
