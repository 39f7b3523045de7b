//! What is sent about API tokens.

use async_graphql::InputObject;

use crate::auth::Permission;
use crate::graphql::scalar::DateTime;

/// Which API tokens are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ApiTokenFilter {
    /// Whether they are good: neither expired nor revoked.
    pub is_active: Option<bool>,
}

/// A new API token. Whoever creates it has all that it gives.
#[derive(Clone, Debug, InputObject)]
pub struct ApiTokenCreateInput {
    /// What the system is called that calls with it, at most 200 characters.
    pub name: String,
    /// What it may do. A token that is limited to channels can have `PRODUCT_READ`, `PRODUCT_WRITE` and
    /// `COLLECTION_WRITE`.
    pub permissions: Vec<Permission>,
    /// The slugs of the channels that it is limited to, at least one; everywhere if absent.
    pub channels: Option<Vec<String>>,
    /// When it ends: in the future, at most five years ahead; never if absent.
    pub expires_at: Option<DateTime>,
}
