//! How staff say which channels show what.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::CanSomewhere;
use crate::catalog::collection::graphql::Collection;
use crate::catalog::collection::mutation::reload_in as reload_collection;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::mutation::reload_in as reload_product;
use crate::catalog::publication::input::PublicationInput;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{CollectionId, ProductId};

payloads! {
    /// What came of showing a product in a channel.
    ProductChannelSetPayload {
        /// The product as it now stands, in the default channel; in that of the change if you see it only there.
        product: Product
    }
    /// What came of taking a product out of a channel.
    ProductChannelRemovePayload {
        /// The product as it now stands, in the default channel; in that of the change if you see it only there.
        product: Product
    }
    /// What came of showing a collection in a channel.
    CollectionChannelSetPayload {
        /// The collection as it now stands, in the default channel; in that of the change if you see it only there.
        collection: Collection
    }
    /// What came of taking a collection out of a channel.
    CollectionChannelRemovePayload {
        /// The collection as it now stands, in the default channel; in that of the change if you see it only there.
        collection: Collection
    }
}

#[derive(Default)]
pub struct PublicationMutation;

#[Object]
impl PublicationMutation {
    /// Shows a product in a channel for a span of time, as far as it is active and has a price there. Where it is shown
    /// already, the span is replaced. A role limited to the channel will do, if the product is assigned to a channel of
    /// it. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "CanSomewhere(Permission::ProductWrite)")]
    async fn product_channel_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The channel and the span of time.")] input: PublicationInput,
    ) -> Result<Option<ProductChannelSetPayload>> {
        let channel = input.channel.clone();
        let (_, user_errors) = split(ctx.app().products.set_channel(ctx.actor(), id, input).await)?;
        Ok(Some(ProductChannelSetPayload { product: reload_product(ctx, id, &channel).await?, user_errors }))
    }

    /// Takes a product out of a channel; its prices there stay. One that is not in it is left alone. A role
    /// limited to the channel will do. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "CanSomewhere(Permission::ProductWrite)")]
    async fn product_channel_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The slug of the channel.")] channel: String,
    ) -> Result<Option<ProductChannelRemovePayload>> {
        let (_, user_errors) = split(ctx.app().products.remove_channel(ctx.actor(), id, &channel).await)?;
        Ok(Some(ProductChannelRemovePayload { product: reload_product(ctx, id, &channel).await?, user_errors }))
    }

    /// Shows a collection in a channel for a span of time, as far as it is active. Where it is shown already, the span
    /// is replaced. A role limited to the channel will do, if the collection is assigned to a channel of it. Requires
    /// `COLLECTION_WRITE`.
    #[graphql(guard = "CanSomewhere(Permission::CollectionWrite)")]
    async fn collection_channel_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The channel and the span of time.")] input: PublicationInput,
    ) -> Result<Option<CollectionChannelSetPayload>> {
        let channel = input.channel.clone();
        let (_, user_errors) = split(ctx.app().collections.set_channel(ctx.actor(), id, input).await)?;
        Ok(Some(CollectionChannelSetPayload { collection: reload_collection(ctx, id, &channel).await?, user_errors }))
    }

    /// Takes a collection out of a channel; its members stay. One that is not in it is left alone. A role
    /// limited to the channel will do. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "CanSomewhere(Permission::CollectionWrite)")]
    async fn collection_channel_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The slug of the channel.")] channel: String,
    ) -> Result<Option<CollectionChannelRemovePayload>> {
        let (_, user_errors) = split(ctx.app().collections.remove_channel(ctx.actor(), id, &channel).await)?;
        Ok(Some(CollectionChannelRemovePayload {
            collection: reload_collection(ctx, id, &channel).await?,
            user_errors,
        }))
    }
}
