//! How clients find products.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::catalog::product::graphql::{Product, ProductConnection, ProductCount};
use crate::catalog::product::input::{ProductFilter, ProductSort};
use crate::catalog::product::look_ahead;
use crate::catalog::product::read::ProductSelection;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::graphql::prompt::Prompted;
use crate::id::ProductId;

#[derive(Default)]
pub struct ProductQuery;

#[Object]
impl ProductQuery {
    /// The product of an id; null if there is none that you may see. Public.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the product.")] id: ProductId,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Prompted<Product>>> {
        let market = ctx.market(channel.as_deref()).await?;
        let found = ctx.app().product_reader.find(&market, id, look_ahead::of_product(ctx)).await?;
        Ok(found.map(|found| Prompted(Product::with_parts(found, market))))
    }

    /// The product of a slug, or else the one that had it before: its `slug` tells the present one, to which a
    /// storefront redirects. Null if there is none that you may see. Public.
    async fn product_by_slug(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the product, or one that it had before.")] slug: String,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Prompted<Product>>> {
        let market = ctx.market(channel.as_deref()).await?;
        let found = ctx.app().product_reader.find_by_slug(&market, &slug, look_ahead::of_product(ctx)).await?;
        Ok(found.map(|found| Prompted(Product::with_parts(found, market))))
    }

    /// The products that you may see, newest first unless sorted otherwise: shoppers see what is published in the
    /// channel, staff who may read or change the catalogue or its stock see everything. Public.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which products are wanted.")] filter: Option<ProductFilter>,
        #[graphql(desc = "The order; newest first if absent.")] sort: Option<ProductSort>,
        #[graphql(desc = "What the name or a SKU begins with, without regard to case and accents.")] query: Option<
            String,
        >,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<ProductConnection>> {
        let market = ctx.market(channel.as_deref()).await?;
        let selection = ProductSelection { filter: filter.unwrap_or_default(), sort, query };
        let args = PageArgs { first, after, last, before };
        let page =
            ctx.app().product_reader.list(ctx.actor(), &market, &selection, (&args, look_ahead::of_page(ctx))).await?;
        Ok(Some(ProductConnection {
            page: page.map(|row| Product::new(row, Arc::clone(&market))),
            count: ProductCount::List(Box::new(selection), market),
        }))
    }
}
