//! How clients find collections.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::catalog::collection::graphql::{Collection, CollectionConnection, CollectionCount};
use crate::catalog::collection::input::CollectionFilter;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};

#[derive(Default)]
pub struct CollectionQuery;

#[Object]
impl CollectionQuery {
    /// The collection of a slug, or else the one that had it before: its `slug` tells the present one, to which a
    /// storefront redirects. Null if there is none that you may see. Public.
    async fn collection_by_slug(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the collection, or one that it had before.")] slug: String,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Collection>> {
        let market = ctx.market(channel.as_deref()).await?;
        let row = ctx.app().collection_reader.find_by_slug(market.scope, &slug).await?;
        Ok(row.map(|row| Collection::new(row, market)))
    }

    /// The collections that you may see, in the shop's order. Public.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which collections are wanted.")] filter: Option<CollectionFilter>,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<CollectionConnection>> {
        let market = ctx.market(channel.as_deref()).await?;
        let filter = filter.unwrap_or_default();
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().collection_reader.list(ctx.actor(), market.scope, &filter, &args).await?;
        Ok(Some(CollectionConnection {
            page: page.map(|row| Collection::new(row, Arc::clone(&market))),
            count: CollectionCount(filter, market.scope),
        }))
    }
}
