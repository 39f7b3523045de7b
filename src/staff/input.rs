//! What is sent about those who run the shop.

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
