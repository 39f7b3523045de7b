//! Those who run the shop.

use async_graphql::{Context, ID, Object, Result};
use secrecy::SecretString;

use crate::account::account::Kind;
use crate::account::graphql::Session;
use crate::account::sign_in::Credentials;
use crate::entity::staff_user;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::staff::input::StaffSignInInput;

pub struct StaffUser(pub staff_user::Model);

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

payloads! {
    /// What came of signing in.
    StaffSignInPayload {
        /// The new session.
        session: Session
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
        let password = SecretString::from(input.password);
        let credentials = Credentials { kind: Kind::Staff, email: input.email, password };
        let (tokens, user_errors) = split(ctx.app().sign_ins.sign_in(credentials, ctx.origin()).await)?;
        Ok(Some(StaffSignInPayload { session: tokens.map(Session::from), user_errors }))
    }
}
