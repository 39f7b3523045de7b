//! How API tokens are made and ended.

use async_graphql::{Context, Object, Result};

use crate::api_token::graphql::ApiToken;
use crate::api_token::input::ApiTokenCreateInput;
use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::ApiTokenId;

payloads! {
    /// What came of creating an API token.
    ApiTokenCreatePayload {
        /// The new API token.
        api_token: ApiToken,
        /// What to send as `Authorization: Bearer …`. It is told this once, and kept nowhere.
        token: String
    }
    /// What came of revoking an API token.
    ApiTokenRevokePayload {
        /// The API token as it now stands.
        api_token: ApiToken
    }
}

/// The token as it stands after a mutation.
async fn reload(ctx: &Context<'_>, id: ApiTokenId) -> error::Result<Option<ApiToken>> {
    Ok(ctx.app().api_tokens.find(id).await?.map(ApiToken))
}

#[derive(Default)]
pub struct ApiTokenMutation;

#[Object]
impl ApiTokenMutation {
    /// Creates an API token. What one lacks oneself one cannot give (`NOT_ALLOWED`). It goes on when who made it is
    /// deactivated or loses a right; revoke it then if it shall not. Requires `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn api_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new API token.")] input: ApiTokenCreateInput,
    ) -> Result<Option<ApiTokenCreatePayload>> {
        let (made, user_errors) = split(ctx.app().api_tokens.create(ctx.actor(), input).await)?;
        let (api_token, token) = match made {
            Some(made) => (reload(ctx, made.id).await?, Some(made.secret)),
            None => (None, None),
        };
        Ok(Some(ApiTokenCreatePayload { api_token, token, user_errors }))
    }

    /// Ends an API token at once and for good. Who does it has all that it gives (`NOT_ALLOWED`). Requires
    /// `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn api_token_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the API token.")] id: ApiTokenId,
    ) -> Result<Option<ApiTokenRevokePayload>> {
        let (_, user_errors) = split(ctx.app().api_tokens.revoke(ctx.actor(), id).await)?;
        Ok(Some(ApiTokenRevokePayload { api_token: reload(ctx, id).await?, user_errors }))
    }
}
