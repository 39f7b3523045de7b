//! How staff change many products at once.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::bulk::Outcome;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::loader::ProductIn;
use crate::catalog::status::StatusChange;
use crate::error::UserError;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::payload::{payloads, split};
use crate::id::ProductId;

payloads! {
    /// What came of publishing products.
    ProductBulkPublishPayload {
        /// What came of each, in the order of the ids; null where the whole was refused.
        results: Vec<ProductBulkResult>
    }
    /// What came of taking products back.
    ProductBulkUnpublishPayload {
        /// What came of each, in the order of the ids; null where the whole was refused.
        results: Vec<ProductBulkResult>
    }
    /// What came of archiving products.
    ProductBulkArchivePayload {
        /// What came of each, in the order of the ids; null where the whole was refused.
        results: Vec<ProductBulkResult>
    }
    /// What came of adding tags to products.
    ProductBulkTagsAddPayload {
        /// What came of each, in the order of the ids; null where the whole was refused.
        results: Vec<ProductBulkResult>
    }
    /// What came of taking tags away from products.
    ProductBulkTagsRemovePayload {
        /// What came of each, in the order of the ids; null where the whole was refused.
        results: Vec<ProductBulkResult>
    }
}

/// What came of one product of several.
#[derive(SimpleObject)]
pub struct ProductBulkResult {
    /// The product as it now stands; null if there is none of this id.
    product: Option<Product>,
    /// What a person has to mend; empty where all went well. The product was left as it is where it is not empty.
    user_errors: Vec<UserError>,
}

async fn results(
    ctx: &Context<'_>,
    outcomes: Option<Vec<Outcome<ProductId>>>,
) -> Result<Option<Vec<ProductBulkResult>>> {
    let Some(outcomes) = outcomes else { return Ok(None) };
    ctx.admit(outcomes.len())?;
    let market = ctx.market(None).await?;
    let key = |id| ProductIn(market.scope, id);
    let rows = ctx.loader().load_many(outcomes.iter().filter_map(|outcome| outcome.object).map(key)).await?;
    let result = |Outcome { object, user_errors }: Outcome<ProductId>| {
        let row = object.and_then(|id| rows.get(&key(id)));
        let product = row.map(|row| Product::new(Arc::clone(row), Arc::clone(&market)));
        ProductBulkResult { product, user_errors }
    };
    Ok(Some(outcomes.into_iter().map(result).collect()))
}

#[derive(Default)]
pub struct ProductBulkMutation;

#[Object]
impl ProductBulkMutation {
    /// Shows products to shoppers. One that is refused leaves the others alone. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)", complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn product_bulk_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the products, at most 100.")] ids: Vec<ProductId>,
    ) -> Result<Option<ProductBulkPublishPayload>> {
        let outcomes = ctx.app().products.bulk_set_status(ctx.actor(), &ids, StatusChange::Publish).await;
        let (outcomes, user_errors) = split(outcomes)?;
        Ok(Some(ProductBulkPublishPayload { results: results(ctx, outcomes).await?, user_errors }))
    }

    /// Hides products from shoppers: they are drafts again. One that is refused leaves the others alone. Requires
    /// `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)", complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn product_bulk_unpublish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the products, at most 100.")] ids: Vec<ProductId>,
    ) -> Result<Option<ProductBulkUnpublishPayload>> {
        let outcomes = ctx.app().products.bulk_set_status(ctx.actor(), &ids, StatusChange::Unpublish).await;
        let (outcomes, user_errors) = split(outcomes)?;
        Ok(Some(ProductBulkUnpublishPayload { results: results(ctx, outcomes).await?, user_errors }))
    }

    /// Takes products out of the shop for good and keeps them for what refers to them. One that is refused leaves the
    /// others alone. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)", complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn product_bulk_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the products, at most 100.")] ids: Vec<ProductId>,
    ) -> Result<Option<ProductBulkArchivePayload>> {
        let outcomes = ctx.app().products.bulk_set_status(ctx.actor(), &ids, StatusChange::Archive).await;
        let (outcomes, user_errors) = split(outcomes)?;
        Ok(Some(ProductBulkArchivePayload { results: results(ctx, outcomes).await?, user_errors }))
    }

    /// Adds tags to products; a tag that is there already stays. One product that is refused leaves the others alone.
    /// Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)", complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn product_bulk_tags_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the products, at most 100.")] ids: Vec<ProductId>,
        #[graphql(desc = "The tags, at most 100; letter case does not tell them apart.")] tags: Vec<String>,
    ) -> Result<Option<ProductBulkTagsAddPayload>> {
        let (outcomes, user_errors) = split(ctx.app().products.bulk_add_tags(ctx.actor(), &ids, tags).await)?;
        Ok(Some(ProductBulkTagsAddPayload { results: results(ctx, outcomes).await?, user_errors }))
    }

    /// Takes tags away from products; one that is not there is passed over. One product that is refused leaves the
    /// others alone. Requires `PRODUCT_WRITE`.
    #[graphql(guard = "Can(Permission::ProductWrite)", complexity = "page::of_list(ids.len(), child_complexity)")]
    async fn product_bulk_tags_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the products, at most 100.")] ids: Vec<ProductId>,
        #[graphql(desc = "The tags, at most 100; letter case does not tell them apart.")] tags: Vec<String>,
    ) -> Result<Option<ProductBulkTagsRemovePayload>> {
        let (outcomes, user_errors) = split(ctx.app().products.bulk_remove_tags(ctx.actor(), &ids, tags).await)?;
        Ok(Some(ProductBulkTagsRemovePayload { results: results(ctx, outcomes).await?, user_errors }))
    }
}
