//! How staff find customers.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::customer::graphql::{Customer, CustomerConnection, CustomerCount};
use crate::customer::input::{CustomerFilter, CustomerSort};
use crate::customer::service::CustomerSelection;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::CustomerId;

#[derive(Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// The customer of an id; null if there is none. Customers find themselves by `viewer`. Requires `CUSTOMER_READ`.
    #[graphql(guard = "Can(Permission::CustomerRead)")]
    async fn customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the customer.")] id: CustomerId,
    ) -> Result<Option<Customer>> {
        Ok(ctx.app().customers.find(ctx.actor(), id).await?.map(|row| Customer(Arc::new(row))))
    }

    /// Customers, the newest first if no sort is given. Requires `CUSTOMER_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::CustomerRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which customers are wanted.")] filter: Option<CustomerFilter>,
        #[graphql(desc = "In which order.")] sort: Option<CustomerSort>,
        #[graphql(desc = "What an e-mail address, a family name, or a given and family name begin with.")]
        query: Option<String>,
    ) -> Result<Option<CustomerConnection>> {
        let selection = CustomerSelection { filter: filter.unwrap_or_default(), sort, query };
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().customers.list(&selection, &args).await?;
        let page = page.map(|row| Customer(Arc::new(row)));
        Ok(Some(CustomerConnection { page, count: CustomerCount(selection) }))
    }
}
