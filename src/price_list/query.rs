//! How staff find price lists.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::PriceListId;
use crate::price_list::graphql::{PriceList, PriceListConnection, PriceListCount};
use crate::price_list::input::PriceListFilter;

#[derive(Default)]
pub struct PriceListQuery;

#[Object]
impl PriceListQuery {
    /// The price list of an id; null if there is none. Requires `PRICE_LIST_READ`.
    #[graphql(guard = "Can(Permission::PriceListRead)")]
    async fn price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the price list.")] id: PriceListId,
    ) -> Result<Option<PriceList>> {
        Ok(ctx.app().price_lists.find(id).await?.map(|row| PriceList(Arc::new(row))))
    }

    /// Price lists, in the alphabet of their names. Requires `PRICE_LIST_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::PriceListRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn price_lists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which price lists are wanted.")] filter: Option<PriceListFilter>,
    ) -> Result<Option<PriceListConnection>> {
        let filter = filter.unwrap_or_default();
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().price_lists.list(&filter, &args).await?.map(|row| PriceList(Arc::new(row)));
        Ok(Some(PriceListConnection { page, count: PriceListCount(filter) }))
    }
}
