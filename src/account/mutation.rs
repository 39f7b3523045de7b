//! What customers and staff alike do to their accounts and sessions.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::account::graphql::Session;
use crate::account::input::{
    EmailChangeInput, EmailChangeRequestInput, PasswordChangeInput, PasswordResetInput, PasswordResetRequestInput,
    SessionRefreshInput,
};
use crate::account::password::ResetRequest;
use crate::auth::guard::SignedIn;
use crate::error::UserError;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::SessionId;

payloads! {
    /// What came of refreshing a session.
    SessionRefreshPayload {
        /// The session as it goes on.
        session: Session
    }
    /// What came of ending all sessions.
    SessionRevokeAllPayload {
        /// How many sessions have ended.
        count: u64
    }
}

/// What came of ending a session.
#[derive(SimpleObject)]
pub struct SessionRevokePayload {
    /// Whether the session has ended.
    is_revoked: bool,
    /// What a person has to mend; empty where all went well.
    user_errors: Vec<UserError>,
}

/// What came of a step in the care of an account.
macro_rules! done_payloads {
    ($($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident })+) => {$(
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            $(#[$field_doc])*
            $field: bool,
            /// What a person has to mend; empty where all went well. Nothing was done where it is not empty.
            user_errors: Vec<UserError>,
        }

        impl $name {
            fn of(result: crate::error::Result<()>) -> crate::error::Result<Option<Self>> {
                let (done, user_errors) = split(result)?;
                Ok(Some(Self { $field: done.is_some(), user_errors }))
            }
        }
    )+};
}

done_payloads! {
    /// What came of changing a password.
    PasswordChangePayload {
        /// Whether the password has changed.
        is_changed
    }
    /// What came of asking for a new password.
    PasswordResetRequestPayload {
        /// Whether a mail is on its way if there is such an account.
        is_accepted
    }
    /// What came of setting a new password.
    PasswordResetPayload {
        /// Whether the new password is in force.
        is_reset
    }
    /// What came of asking for another e-mail address.
    EmailChangeRequestPayload {
        /// Whether a mail is on its way to the new address.
        is_accepted
    }
    /// What came of proving the new e-mail address.
    EmailChangePayload {
        /// Whether the new address is in force.
        is_changed
    }
}

#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Goes on with a session: a new access token and the next refresh token. A refresh token works once; using it
    /// again later ends the session, because somebody may have stolen it. Public.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session goes on.")] input: SessionRefreshInput,
    ) -> Result<Option<SessionRefreshPayload>> {
        let (tokens, user_errors) = split(ctx.app().sessions.refresh(input, ctx.origin()).await)?;
        Ok(Some(SessionRefreshPayload { session: tokens.map(Session::from), user_errors }))
    }

    /// Ends a session of one's own at once: no refresh goes on with it, and no staff access token of it is good any
    /// longer. A customer's access token lives out its few minutes. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn session_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the session; that of the access token if absent.")] id: Option<SessionId>,
    ) -> Result<Option<SessionRevokePayload>> {
        let (done, user_errors) = split(ctx.app().sessions.revoke(ctx.actor(), id).await)?;
        Ok(Some(SessionRevokePayload { is_revoked: done.is_some(), user_errors }))
    }

    /// Ends all sessions of one's own at once, that of the access token, too. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn session_revoke_all(&self, ctx: &Context<'_>) -> Result<Option<SessionRevokeAllPayload>> {
        let (count, user_errors) = split(ctx.app().sessions.revoke_all(ctx.actor()).await)?;
        Ok(Some(SessionRevokeAllPayload { count, user_errors }))
    }

    /// Changes one's own password, and ends all other sessions. Wrong passwords make the next attempts wait, as when
    /// signing in. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The present and the new password.")] input: PasswordChangeInput,
    ) -> Result<Option<PasswordChangePayload>> {
        Ok(PasswordChangePayload::of(ctx.app().passwords.change(ctx.actor(), input, ctx.origin()).await)?)
    }

    /// Has a mail with a link sent to who has lost a password. The answer is the same, and takes as long, whether or not
    /// there is such an account. Asking again soon has to wait (`THROTTLED`). Public.
    async fn password_reset_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who has lost a password.")] input: PasswordResetRequestInput,
    ) -> Result<Option<PasswordResetRequestPayload>> {
        let channel = match &input.channel {
            Some(slug) => Some(ctx.market(Some(slug)).await?.channel.id),
            None => None,
        };
        let request = ResetRequest { kind: input.account.into(), email: input.email, channel };
        Ok(PasswordResetRequestPayload::of(ctx.app().passwords.request_reset(request, ctx.origin()).await)?)
    }

    /// Sets a new password by the link of a mail, and ends all sessions of the account. Public.
    async fn password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries, and the new password.")] input: PasswordResetInput,
    ) -> Result<Option<PasswordResetPayload>> {
        Ok(PasswordResetPayload::of(ctx.app().passwords.reset(input).await)?)
    }

    /// Has a mail with a link sent to the new e-mail address of one's account. Until the link is followed the old address
    /// stays in force. The answer is the same if another account has the address. Requires a session.
    #[graphql(guard = "SignedIn")]
    async fn email_change_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new address.")] input: EmailChangeRequestInput,
    ) -> Result<Option<EmailChangeRequestPayload>> {
        let done = ctx.app().emails.request_change(ctx.actor(), input, ctx.origin()).await;
        Ok(EmailChangeRequestPayload::of(done)?)
    }

    /// Gives an account its new e-mail address by the link of the mail that was sent there, and tells the old one.
    /// Public.
    async fn email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries.")] input: EmailChangeInput,
    ) -> Result<Option<EmailChangePayload>> {
        Ok(EmailChangePayload::of(ctx.app().emails.change(&input.token).await.map(drop))?)
    }
}
