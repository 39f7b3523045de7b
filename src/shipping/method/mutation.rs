//! How staff change ways of delivery.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::{ShippingMethodId, ShippingZoneId};
use crate::shipping::method::graphql::ShippingMethod;
use crate::shipping::method::input::{ShippingMethodCreateInput, ShippingMethodUpdateInput};

payloads! {
    /// What came of creating a way of delivery.
    ShippingMethodCreatePayload {
        /// The new method.
        shipping_method: ShippingMethod
    }
    /// What came of changing a way of delivery.
    ShippingMethodUpdatePayload {
        /// The method as it now stands.
        shipping_method: ShippingMethod
    }
    /// What came of deleting a way of delivery.
    ShippingMethodDeletePayload {
        /// The method, if it could not be deleted.
        shipping_method: ShippingMethod
    }
}

async fn reload(ctx: &Context<'_>, id: ShippingMethodId) -> error::Result<Option<ShippingMethod>> {
    Ok(ctx.app().shipping.methods.find(id).await?.map(|row| ShippingMethod(Arc::new(row))))
}

#[derive(Default)]
pub struct ShippingMethodMutation;

#[Object]
impl ShippingMethodMutation {
    /// Creates a way of delivery to a zone, which has at most 100. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_method_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the zone.")] zone: ShippingZoneId,
        #[graphql(desc = "The new method.")] input: ShippingMethodCreateInput,
    ) -> Result<Option<ShippingMethodCreatePayload>> {
        let (id, user_errors) = split(ctx.app().shipping.methods.create(ctx.actor(), zone, input).await)?;
        let shipping_method = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(ShippingMethodCreatePayload { shipping_method, user_errors }))
    }

    /// Changes a way of delivery. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_method_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the method.")] id: ShippingMethodId,
        #[graphql(desc = "The changes.")] input: ShippingMethodUpdateInput,
    ) -> Result<Option<ShippingMethodUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.methods.update(ctx.actor(), id, input).await)?;
        Ok(Some(ShippingMethodUpdatePayload { shipping_method: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a way of delivery. Carts that have chosen it say that it is gone. Requires `SHIPPING_WRITE`.
    #[graphql(guard = "Can(Permission::ShippingWrite)")]
    async fn shipping_method_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the method.")] id: ShippingMethodId,
    ) -> Result<Option<ShippingMethodDeletePayload>> {
        let (_, user_errors) = split(ctx.app().shipping.methods.delete(ctx.actor(), id).await)?;
        Ok(Some(ShippingMethodDeletePayload { shipping_method: reload(ctx, id).await?, user_errors }))
    }
}
