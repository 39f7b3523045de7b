//! How staff find zones of taxes.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::TaxZoneId;
use crate::tax::zone::graphql::{TaxZone, TaxZoneConnection, TaxZoneCount};

#[derive(Default)]
pub struct TaxZoneQuery;

#[Object]
impl TaxZoneQuery {
    /// The tax zone of an id; null if there is none. Requires `TAX_READ`.
    #[graphql(guard = "Can(Permission::TaxRead)")]
    async fn tax_zone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: TaxZoneId,
    ) -> Result<Option<TaxZone>> {
        Ok(ctx.app().tax.zones.find(id).await?.map(|row| TaxZone(Arc::new(row))))
    }

    /// Tax zones, in the alphabet of their names. Requires `TAX_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::TaxRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn tax_zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
    ) -> Result<Option<TaxZoneConnection>> {
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().tax.zones.list(&args).await?.map(|row| TaxZone(Arc::new(row)));
        Ok(Some(TaxZoneConnection { page, count: TaxZoneCount }))
    }
}
