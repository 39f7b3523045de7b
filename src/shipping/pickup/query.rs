//! How staff find pick-up locations.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::PickupLocationId;
use crate::shipping::pickup::graphql::{PickupLocation, PickupLocationConnection, PickupLocationCount};
use crate::shipping::pickup::input::PickupLocationFilter;

#[derive(Default)]
pub struct PickupLocationQuery;

#[Object]
impl PickupLocationQuery {
    /// The pick-up location of an id; null if there is none. Requires `SHIPPING_READ`.
    #[graphql(guard = "Can(Permission::ShippingRead)")]
    async fn pickup_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the location.")] id: PickupLocationId,
    ) -> Result<Option<PickupLocation>> {
        Ok(ctx.app().shipping.pickup_locations.find(id).await?.map(|row| PickupLocation(Arc::new(row))))
    }

    /// Pick-up locations, in the alphabet of their names. Requires `SHIPPING_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::ShippingRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn pickup_locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which locations are wanted.")] filter: Option<PickupLocationFilter>,
    ) -> Result<Option<PickupLocationConnection>> {
        let filter = filter.unwrap_or_default();
        let page = ctx.app().shipping.pickup_locations.list(&filter, &PageArgs { first, after, last, before }).await?;
        let page = page.map(|row| PickupLocation(Arc::new(row)));
        Ok(Some(PickupLocationConnection { page, count: PickupLocationCount(filter) }))
    }
}
