//! How staff find a way of delivery.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::id::ShippingMethodId;
use crate::shipping::method::graphql::ShippingMethod;

#[derive(Default)]
pub struct ShippingMethodQuery;

#[Object]
impl ShippingMethodQuery {
    /// The way of delivery of an id; null if there is none. Requires `SHIPPING_READ`.
    #[graphql(guard = "Can(Permission::ShippingRead)")]
    async fn shipping_method(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the method.")] id: ShippingMethodId,
    ) -> Result<Option<ShippingMethod>> {
        Ok(ctx.app().shipping.methods.find(id).await?.map(|row| ShippingMethod(Arc::new(row))))
    }
}
