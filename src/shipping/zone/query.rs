//! How staff find shipping zones.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::ShippingZoneId;
use crate::shipping::zone::graphql::{ShippingZone, ShippingZoneConnection, ShippingZoneCount};
use crate::shipping::zone::input::ShippingZoneFilter;

#[derive(Default)]
pub struct ShippingZoneQuery;

#[Object]
impl ShippingZoneQuery {
    /// The shipping zone of an id; null if there is none. Requires `SHIPPING_READ`.
    #[graphql(guard = "Can(Permission::ShippingRead)")]
    async fn shipping_zone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] id: ShippingZoneId,
    ) -> Result<Option<ShippingZone>> {
        Ok(ctx.app().shipping.zones.find(id).await?.map(|row| ShippingZone(Arc::new(row))))
    }

    /// Shipping zones, in the alphabet of their names. Requires `SHIPPING_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::ShippingRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn shipping_zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which zones are wanted.")] filter: Option<ShippingZoneFilter>,
    ) -> Result<Option<ShippingZoneConnection>> {
        let filter = filter.unwrap_or_default();
        let page = ctx.app().shipping.zones.list(&filter, &PageArgs { first, after, last, before }).await?;
        let page = page.map(|row| ShippingZone(Arc::new(row)));
        Ok(Some(ShippingZoneConnection { page, count: ShippingZoneCount(filter) }))
    }
}
