//! Sessions as those see them whose they are.

use async_graphql::SimpleObject;

use crate::account::session::SessionTokens;
use crate::auth::Actor;
use crate::entity::session;
use crate::graphql::scalar::{DateTime, date_time};
use crate::id::SessionId;

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

/// A session of one's own that has not ended: a device on which one is signed in.
#[derive(SimpleObject)]
pub struct ActiveSession {
    /// The id; give it to `sessionRevoke` to end the session.
    id: SessionId,
    /// Whether it is the session of this request.
    is_current: bool,
    /// The network address that it was used from last; null if that is not known.
    address: Option<String>,
    /// What the client that it was used by last says of itself; null if it says nothing.
    user_agent: Option<String>,
    /// When it began.
    created_at: DateTime,
    /// When it began or was refreshed last.
    last_used_at: DateTime,
    /// When it ends unless it is refreshed before.
    expires_at: DateTime,
}

impl ActiveSession {
    pub fn new(row: session::Model, actor: &Actor) -> Self {
        Self {
            is_current: actor.account().is_some_and(|(_, session)| session == row.id),
            id: row.id,
            address: row.address,
            user_agent: row.user_agent,
            created_at: date_time(row.created_at),
            last_used_at: date_time(row.last_used_at),
            expires_at: date_time(row.expires_at),
        }
    }
}
