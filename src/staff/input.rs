//! What is sent about those who run the shop.

use async_graphql::InputObject;

use crate::graphql::scalar::LanguageCode;
use crate::id::RoleId;
use crate::patch::Patch;

/// Who signs in.
#[derive(InputObject)]
pub struct StaffSignInInput {
    /// The e-mail address of the account; letter case does not matter.
    pub email: String,
    /// The password.
    #[graphql(secret)]
    pub password: String,
}

/// Which staff users are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct StaffUserFilter {
    /// Whether the shop lets them in; those who are invited count as active.
    pub is_active: Option<bool>,
    /// A role that they have.
    pub role: Option<RoleId>,
    /// What their name or their e-mail address begins with, without regard to letter case.
    pub query: Option<String>,
}

/// Somebody who shall run the shop.
#[derive(Clone, Debug, InputObject)]
pub struct StaffUserInviteInput {
    /// The e-mail address, to which the invitation is sent. No other staff user has it.
    pub email: String,
    /// The name, at most 200 characters.
    pub name: String,
    /// The roles that the person will have; who invites has all that they give.
    pub roles: Vec<RoleId>,
    /// The language in which mails are written to the person; that of the default channel if absent.
    pub language: Option<LanguageCode>,
}

/// The link of an invitation, followed.
#[derive(InputObject)]
pub struct StaffInvitationAcceptInput {
    /// What the link in the mail carries.
    #[graphql(secret)]
    pub token: String,
    /// The name, at most 200 characters; if absent, it stays as whoever invited has written it.
    pub name: Option<String>,
    /// The password to sign in with: 8 characters to 256 bytes, and not one that others would guess.
    #[graphql(secret)]
    pub password: String,
}

/// Changes of a staff user: what is absent stays as it is; null clears the language, and is refused elsewhere.
#[derive(Clone, Debug, InputObject)]
pub struct StaffUserUpdateInput {
    /// The version that was read; if the staff user has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, at most 200 characters.
    pub name: Patch<String>,
    /// Whether the shop lets the person in. False ends all sessions and takes back what was sent to accept or to set a
    /// password.
    pub is_active: Patch<bool>,
    /// All roles that the person has.
    pub roles: Patch<Vec<RoleId>>,
    /// The language in which mails are written to the person; null for that of the default channel.
    pub language: Patch<LanguageCode>,
}
