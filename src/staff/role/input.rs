//! What is sent to create and change roles.

use async_graphql::InputObject;

use crate::auth::Permission;
use crate::patch::Patch;

/// A new role. Whoever creates it has all that it gives.
#[derive(Clone, Debug, InputObject)]
pub struct RoleCreateInput {
    /// The name, unique in the shop without regard to letter case, at most 200 characters.
    pub name: String,
    /// What it gives. A role that is limited to channels can give `PRODUCT_READ`, `PRODUCT_WRITE` and
    /// `COLLECTION_WRITE`.
    pub permissions: Vec<Permission>,
    /// The slugs of the channels that it is limited to, at least one; everywhere if absent.
    pub channels: Option<Vec<String>>,
}

/// Changes of a role: what is absent stays as it is. They reach everybody who has it at once.
#[derive(Clone, Debug, InputObject)]
pub struct RoleUpdateInput {
    /// The version that was read; if the role has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, unique in the shop without regard to letter case, at most 200 characters.
    pub name: Patch<String>,
    /// All that it gives.
    pub permissions: Patch<Vec<Permission>>,
    /// The slugs of all channels that it is limited to, at least one; null for everywhere.
    pub channels: Patch<Vec<String>>,
}
