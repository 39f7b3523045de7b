//! What is sent to sign in, to stay signed in, and to look after one's account.

use async_graphql::{Enum, InputObject};

use crate::account::account::Kind;

/// Which of the two kinds of account is meant; one person may have one of each with the same address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AccountKind {
    /// Somebody who buys.
    Customer,
    /// Somebody who runs the shop.
    Staff,
}

impl From<AccountKind> for Kind {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Customer => Self::Customer,
            AccountKind::Staff => Self::Staff,
        }
    }
}

/// Which session goes on.
#[derive(InputObject)]
pub struct SessionRefreshInput {
    /// The refresh token that the last answer gave. It works once.
    #[graphql(secret)]
    pub refresh_token: String,
}

/// A new password in the place of the present one.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The present password.
    #[graphql(secret)]
    pub current_password: String,
    /// The new password: 8 characters to 256 bytes, and not one that others would guess.
    #[graphql(secret)]
    pub new_password: String,
}

/// Who has lost a password.
#[derive(InputObject)]
pub struct PasswordResetRequestInput {
    /// The e-mail address of the account.
    pub email: String,
    /// Which kind of account is meant.
    #[graphql(default_with = "AccountKind::Customer")]
    pub account: AccountKind,
    /// The slug of the channel whose storefront the link in the mail leads to; the default channel if absent.
    pub channel: Option<String>,
}

/// A new password in the place of a lost one.
#[derive(InputObject)]
pub struct PasswordResetInput {
    /// What the link in the mail carries.
    #[graphql(secret)]
    pub token: String,
    /// The new password: 8 characters to 256 bytes, and not one that others would guess.
    #[graphql(secret)]
    pub password: String,
}

/// Another e-mail address for one's account.
#[derive(InputObject)]
pub struct EmailChangeRequestInput {
    /// The new e-mail address.
    pub email: String,
    /// The account's password.
    #[graphql(secret)]
    pub password: String,
}

/// The link that was sent to the new address.
#[derive(InputObject)]
pub struct EmailChangeInput {
    /// What the link in the mail carries.
    #[graphql(secret)]
    pub token: String,
}
