//! How those who run the shop come in, and how others let them.

use async_graphql::{Context, Object, Result};
use secrecy::SecretString;

use crate::account::account::Kind;
use crate::account::graphql::Session;
use crate::account::sign_in::Credentials;
use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::StaffUserId;
use crate::staff::graphql::StaffUser;
use crate::staff::input::{StaffInvitationAcceptInput, StaffSignInInput, StaffUserInviteInput, StaffUserUpdateInput};

payloads! {
    /// What came of signing in.
    StaffSignInPayload {
        /// The new session.
        session: Session
    }
    /// What came of inviting somebody.
    StaffUserInvitePayload {
        /// Who was invited.
        staff_user: StaffUser
    }
    /// What came of sending an invitation again.
    StaffUserInvitationResendPayload {
        /// The staff user.
        staff_user: StaffUser
    }
    /// What came of accepting an invitation.
    StaffInvitationAcceptPayload {
        /// The new session.
        session: Session
    }
    /// What came of changing a staff user.
    StaffUserUpdatePayload {
        /// The staff user as it now stands.
        staff_user: StaffUser
    }
}

/// The staff user as it stands after a mutation.
async fn reload(ctx: &Context<'_>, id: StaffUserId) -> error::Result<Option<StaffUser>> {
    Ok(ctx.app().staff.find(id).await?.map(StaffUser))
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

    /// Makes an account without a password for somebody, and sends the link by which the person chooses one. Roles that
    /// give what one lacks oneself one cannot give (`NOT_ALLOWED`). Requires `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn staff_user_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who shall run the shop.")] input: StaffUserInviteInput,
    ) -> Result<Option<StaffUserInvitePayload>> {
        let (id, user_errors) = split(ctx.app().invitations.invite(ctx.actor(), input).await)?;
        let staff_user = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(StaffUserInvitePayload { staff_user, user_errors }))
    }

    /// Sends another link to somebody who was invited and has not accepted; the links before it are void. Requires
    /// `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn staff_user_invitation_resend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the staff user.")] id: StaffUserId,
    ) -> Result<Option<StaffUserInvitationResendPayload>> {
        let (_, user_errors) = split(ctx.app().invitations.resend(ctx.actor(), id).await)?;
        Ok(Some(StaffUserInvitationResendPayload { staff_user: reload(ctx, id).await?, user_errors }))
    }

    /// Sets the password of somebody who was invited, by the link of the mail, and starts a session. Public.
    async fn staff_invitation_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the link carries, and the password.")] input: StaffInvitationAcceptInput,
    ) -> Result<Option<StaffInvitationAcceptPayload>> {
        let (tokens, user_errors) = split(ctx.app().invitations.accept(input, ctx.origin()).await)?;
        Ok(Some(StaffInvitationAcceptPayload { session: tokens.map(Session::from), user_errors }))
    }

    /// Changes a staff user. Who does it has all that the person may do before and after (`NOT_ALLOWED`); owners are
    /// changed by owners alone, and the last of them who can come in stays one. Nobody shuts himself out. Requires
    /// `STAFF_WRITE`.
    #[graphql(guard = "Can(Permission::StaffWrite)")]
    async fn staff_user_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the staff user.")] id: StaffUserId,
        #[graphql(desc = "The changes.")] input: StaffUserUpdateInput,
    ) -> Result<Option<StaffUserUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().staff.update(ctx.actor(), id, input).await)?;
        Ok(Some(StaffUserUpdatePayload { staff_user: reload(ctx, id).await?, user_errors }))
    }
}
