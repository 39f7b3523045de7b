//! How staff change price lists.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::PriceListId;
use crate::price_list::graphql::{PriceList, reload};
use crate::price_list::input::{
    PriceListCreateInput, PriceListPriceInput, PriceListPriceSelector, PriceListUpdateInput,
};

payloads! {
    /// What came of creating a price list.
    PriceListCreatePayload {
        /// The new price list.
        price_list: PriceList
    }
    /// What came of changing a price list.
    PriceListUpdatePayload {
        /// The price list as it now stands.
        price_list: PriceList
    }
    /// What came of deleting a price list.
    PriceListDeletePayload {
        /// The price list, if it could not be deleted.
        price_list: PriceList
    }
    /// What came of setting prices of a list.
    PriceListPricesSetPayload {
        /// The price list as it now stands.
        price_list: PriceList
    }
    /// What came of taking prices out of a list.
    PriceListPricesRemovePayload {
        /// The price list as it now stands.
        price_list: PriceList
    }
}

#[derive(Default)]
pub struct PriceListMutation;

#[Object]
impl PriceListMutation {
    /// Creates a price list, which has no prices yet. A shop has at most 500. Requires `PRICE_LIST_WRITE`.
    #[graphql(guard = "Can(Permission::PriceListWrite)")]
    async fn price_list_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new price list.")] input: PriceListCreateInput,
    ) -> Result<Option<PriceListCreatePayload>> {
        let (id, user_errors) = split(ctx.app().price_lists.create(ctx.actor(), input).await)?;
        let price_list = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(PriceListCreatePayload { price_list, user_errors }))
    }

    /// Changes a price list. Other nodes may show the former prices for a second. Requires `PRICE_LIST_WRITE`.
    #[graphql(guard = "Can(Permission::PriceListWrite)")]
    async fn price_list_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the price list.")] id: PriceListId,
        #[graphql(desc = "The changes.")] input: PriceListUpdateInput,
    ) -> Result<Option<PriceListUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().price_lists.update(ctx.actor(), id, input).await)?;
        Ok(Some(PriceListUpdatePayload { price_list: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a price list with its prices. Requires `PRICE_LIST_WRITE`.
    #[graphql(guard = "Can(Permission::PriceListWrite)")]
    async fn price_list_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the price list.")] id: PriceListId,
    ) -> Result<Option<PriceListDeletePayload>> {
        let (_, user_errors) = split(ctx.app().price_lists.delete(ctx.actor(), id).await)?;
        Ok(Some(PriceListDeletePayload { price_list: reload(ctx, id).await?, user_errors }))
    }

    /// Sets prices of a list. One that the variant has from the same quantity on is replaced, others stay. A variant
    /// has at most 20 in a list. Requires `PRICE_LIST_WRITE`.
    #[graphql(guard = "Can(Permission::PriceListWrite)")]
    async fn price_list_prices_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the price list.")] id: PriceListId,
        #[graphql(desc = "The prices, at most 100.")] prices: Vec<PriceListPriceInput>,
    ) -> Result<Option<PriceListPricesSetPayload>> {
        let (_, user_errors) = split(ctx.app().price_lists.set_prices(ctx.actor(), id, prices).await)?;
        Ok(Some(PriceListPricesSetPayload { price_list: reload(ctx, id).await?, user_errors }))
    }

    /// Takes prices out of a list; those that are not there are left alone. Requires `PRICE_LIST_WRITE`.
    #[graphql(guard = "Can(Permission::PriceListWrite)")]
    async fn price_list_prices_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the price list.")] id: PriceListId,
        #[graphql(desc = "Which prices, at most 100.")] prices: Vec<PriceListPriceSelector>,
    ) -> Result<Option<PriceListPricesRemovePayload>> {
        let (_, user_errors) = split(ctx.app().price_lists.remove_prices(ctx.actor(), id, &prices).await)?;
        Ok(Some(PriceListPricesRemovePayload { price_list: reload(ctx, id).await?, user_errors }))
    }
}
