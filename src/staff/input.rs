//! What is sent to sign in and to stay signed in.

use async_graphql::InputObject;

/// Who signs in.
#[derive(InputObject)]
pub struct StaffSignInInput {
    /// The e-mail address of the account; letter case does not matter.
    pub email: String,
    /// The password.
    #[graphql(secret)]
    pub password: String,
}

/// Which session goes on.
#[derive(InputObject)]
pub struct SessionRefreshInput {
    /// The refresh token that the last answer gave. It works once.
    #[graphql(secret)]
    pub refresh_token: String,
}
