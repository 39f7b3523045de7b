//! Signing in, and who has signed in.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::guard::SignedIn;
use crate::auth::{Actor, Permission};
use crate::entity::staff_user;
use crate::error::UserError;
use crate::graphql::context::{ContextExt, referred};
use crate::graphql::payload::{payloads, split};
use crate::graphql::scalar::{DateTime, date_time};
use crate::staff::input::{SessionRefreshInput, StaffSignInInput};
use crate::staff::session::SessionTokens;

pub struct StaffUser(staff_user::Model);

/// A person who runs the shop.
#[Object]
impl StaffUser {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The e-mail address to sign in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }
}

/// Who asks, and what they may do.
#[derive(SimpleObject)]
pub struct Viewer {
    /// The staff user who has signed in.
    staff_user: StaffUser,
    /// What the roles of the staff user allow at this moment.
    permissions: Vec<Permission>,
}

/// What keeps a client signed in.
#[derive(SimpleObject)]
pub struct Session {
    /// Send it as `Authorization: Bearer …` with every request.
    access_token: String,
    /// When the access token ends; refresh the session before.
    access_token_expires_at: DateTime,
    /// Exchange it once by `sessionRefresh` for the next access and refresh token.
    refresh_token: String,
    /// When the session ends unless it is refreshed before.
    expires_at: DateTime,
}

impl From<SessionTokens> for Session {
    fn from(tokens: SessionTokens) -> Self {
        Self {
            access_token: tokens.access.token,
            access_token_expires_at: date_time(tokens.access.expires_at),
            refresh_token: tokens.refresh,
            expires_at: date_time(tokens.expires_at),
        }
    }
}

payloads! {
    /// What came of signing in.
    StaffSignInPayload {
        /// The new session.
        session: Session
    }
    /// What came of refreshing a session.
    SessionRefreshPayload {
        /// The session as it goes on.
        session: Session
    }
}

/// What came of ending a session.
#[derive(SimpleObject)]
pub struct SessionRevokePayload {
    /// Whether the session has ended.
    is_revoked: bool,
    /// What a person has to mend; always empty so far.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct StaffQuery;

#[Object]
impl StaffQuery {
    /// Who has signed in; null for who has not. Public.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let Actor::Staff(staff) = ctx.actor() else { return Ok(None) };
        let row = referred(ctx.app().staff.find(staff.id).await?, "a staff user")?;
        Ok(Some(Viewer { staff_user: StaffUser(row), permissions: staff.permissions.iter().copied().collect() }))
    }
}

#[derive(Default)]
pub struct StaffMutation;

#[Object]
impl StaffMutation {
    /// Starts a session for a staff user. From the second failure on the next attempt for the account, and from the same
    /// address, has to wait (`THROTTLED`). Public.
    async fn staff_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in.")] input: StaffSignInInput,
    ) -> Result<Option<StaffSignInPayload>> {
        let (tokens, user_errors) = split(ctx.app().sessions.sign_in(input, ctx.client_address()).await)?;
        Ok(Some(StaffSignInPayload { session: tokens.map(Session::from), user_errors }))
    }

    /// Goes on with a session: a new access token and the next refresh token. A refresh token works once; using it
    /// again later ends the session, because somebody may have stolen it. Public.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session goes on.")] input: SessionRefreshInput,
    ) -> Result<Option<SessionRefreshPayload>> {
        let (tokens, user_errors) = split(ctx.app().sessions.refresh(input).await)?;
        Ok(Some(SessionRefreshPayload { session: tokens.map(Session::from), user_errors }))
    }

    /// Ends the session of the access token at once. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn session_revoke(&self, ctx: &Context<'_>) -> Result<Option<SessionRevokePayload>> {
        ctx.app().sessions.revoke(ctx.actor()).await?;
        Ok(Some(SessionRevokePayload { is_revoked: true, user_errors: Vec::new() }))
    }
}
