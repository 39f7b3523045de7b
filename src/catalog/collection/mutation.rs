//! How staff change collections.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::catalog::collection::graphql::Collection;
use crate::catalog::collection::input::{CollectionCreateInput, CollectionUpdateInput};
use crate::catalog::collection::input::{CollectionMoveInput, CollectionProductMoveInput};
use crate::catalog::status::StatusChange;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{CollectionId, ProductId};

payloads! {
    /// What came of creating a collection.
    CollectionCreatePayload {
        /// The new collection.
        collection: Collection
    }
    /// What came of changing a collection.
    CollectionUpdatePayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of publishing a collection.
    CollectionPublishPayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of taking back a collection.
    CollectionUnpublishPayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of archiving a collection.
    CollectionArchivePayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of deleting a collection.
    CollectionDeletePayload {
        /// The collection, if it could not be deleted.
        collection: Collection
    }
    /// What came of adding products to a collection.
    CollectionProductsAddPayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of moving a collection.
    CollectionMovePayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of moving the members of a collection.
    CollectionProductsReorderPayload {
        /// The collection as it now stands.
        collection: Collection
    }
    /// What came of taking products out of a collection.
    CollectionProductsRemovePayload {
        /// The collection as it now stands.
        collection: Collection
    }
}

/// The collection as it stands after a mutation, in the default channel.
pub async fn reload(ctx: &Context<'_>, id: CollectionId) -> error::Result<Option<Collection>> {
    let market = ctx.market(None).await?;
    let row = ctx.app().collection_reader.find(market.scope, id).await?;
    Ok(row.map(|row| Collection::new(row, market)))
}

/// The same, or the collection in another channel for those who see it only there.
pub async fn reload_in(ctx: &Context<'_>, id: CollectionId, channel: &str) -> error::Result<Option<Collection>> {
    if let Some(collection) = reload(ctx, id).await? {
        return Ok(Some(collection));
    }
    let market = match ctx.market(Some(channel)).await {
        // The mutation has said that there is no such channel.
        Err(error::Error::BadInput(_)) => return Ok(None),
        market => market?,
    };
    let row = ctx.app().collection_reader.find(market.scope, id).await?;
    Ok(row.map(|row| Collection::new(row, market)))
}

#[derive(Default)]
pub struct CollectionMutation;

#[Object]
impl CollectionMutation {
    /// Creates a collection. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new collection.")] input: CollectionCreateInput,
    ) -> Result<Option<CollectionCreatePayload>> {
        let (id, user_errors) = split(ctx.app().collections.create(ctx.actor(), input).await)?;
        let collection = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(CollectionCreatePayload { collection, user_errors }))
    }

    /// Changes a collection. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The changes.")] input: CollectionUpdateInput,
    ) -> Result<Option<CollectionUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().collections.update(ctx.actor(), id, input).await)?;
        Ok(Some(CollectionUpdatePayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Shows a collection to shoppers in every channel that it is assigned to. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
    ) -> Result<Option<CollectionPublishPayload>> {
        let (_, user_errors) = split(ctx.app().collections.set_status(ctx.actor(), id, StatusChange::Publish).await)?;
        Ok(Some(CollectionPublishPayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Hides a collection from shoppers: it is a draft again. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
    ) -> Result<Option<CollectionUnpublishPayload>> {
        let (_, user_errors) = split(ctx.app().collections.set_status(ctx.actor(), id, StatusChange::Unpublish).await)?;
        Ok(Some(CollectionUnpublishPayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Takes a collection out of the shop for good. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
    ) -> Result<Option<CollectionArchivePayload>> {
        let (_, user_errors) = split(ctx.app().collections.set_status(ctx.actor(), id, StatusChange::Archive).await)?;
        Ok(Some(CollectionArchivePayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a collection; its products stay. One that others are part of is `IN_USE`. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
    ) -> Result<Option<CollectionDeletePayload>> {
        let (_, user_errors) = split(ctx.app().collections.delete(ctx.actor(), id).await)?;
        Ok(Some(CollectionDeletePayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Adds products to the end of a collection; those that are members already stay where they are. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_products_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The ids of the products, at most 250.")] products: Vec<ProductId>,
    ) -> Result<Option<CollectionProductsAddPayload>> {
        let (_, user_errors) = split(ctx.app().collections.add_products(ctx.actor(), id, products).await)?;
        Ok(Some(CollectionProductsAddPayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Takes products out of a collection; those that are no members are passed over. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_products_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The ids of the products, at most 250.")] products: Vec<ProductId>,
    ) -> Result<Option<CollectionProductsRemovePayload>> {
        let (_, user_errors) = split(ctx.app().collections.remove_products(ctx.actor(), id, products).await)?;
        Ok(Some(CollectionProductsRemovePayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Moves members of a collection, one after the other. Members that rules find have no order of their own. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_products_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "The moves, at most 250.")] moves: Vec<CollectionProductMoveInput>,
    ) -> Result<Option<CollectionProductsReorderPayload>> {
        let (_, user_errors) = split(ctx.app().collections.reorder_products(ctx.actor(), id, moves).await)?;
        Ok(Some(CollectionProductsReorderPayload { collection: reload(ctx, id).await?, user_errors }))
    }

    /// Moves a collection among those of the same parent, or to another parent. Requires `COLLECTION_WRITE`.
    #[graphql(guard = "Can(Permission::CollectionWrite)")]
    async fn collection_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the collection.")] id: CollectionId,
        #[graphql(desc = "Where it goes.")] input: CollectionMoveInput,
    ) -> Result<Option<CollectionMovePayload>> {
        let (_, user_errors) = split(ctx.app().collections.move_to(ctx.actor(), id, input).await)?;
        Ok(Some(CollectionMovePayload { collection: reload(ctx, id).await?, user_errors }))
    }
}
