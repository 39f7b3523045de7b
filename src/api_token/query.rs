//! How API tokens are found.

use async_graphql::{Context, Object, Result};

use crate::api_token::graphql::{ApiToken, ApiTokenConnection, ApiTokenCount};
use crate::api_token::input::ApiTokenFilter;
use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::ApiTokenId;

#[derive(Default)]
pub struct ApiTokenQuery;

#[Object]
impl ApiTokenQuery {
    /// The API tokens of the shop, also those that are good no more, newest first. Requires `STAFF_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::StaffRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn api_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which API tokens are wanted.")] filter: Option<ApiTokenFilter>,
    ) -> Result<Option<ApiTokenConnection>> {
        let (filter, args) = (filter.unwrap_or_default(), PageArgs { first, after, last, before });
        let page = ctx.app().api_tokens.list(&filter, &args).await?;
        Ok(Some(ApiTokenConnection { page: page.map(ApiToken), count: ApiTokenCount(filter) }))
    }

    /// The API token of an id; null if there is none. Requires `STAFF_READ`.
    #[graphql(guard = "Can(Permission::StaffRead)")]
    async fn api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the API token.")] id: ApiTokenId,
    ) -> Result<Option<ApiToken>> {
        Ok(ctx.app().api_tokens.find(id).await?.map(ApiToken))
    }
}
