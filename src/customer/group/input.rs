//! What staff send about groups of customers.

use async_graphql::InputObject;

use crate::graphql::scalar::MetadataEntryInput;
use crate::patch::Patch;

/// A new group of customers.
#[derive(Clone, Debug, InputObject)]
pub struct CustomerGroupCreateInput {
    /// The name, unique among groups and at most 200 characters.
    pub name: String,
    /// The id in another system of the shop, unique among groups; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a group: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct CustomerGroupUpdateInput {
    /// The version that was read; if the group has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, unique among groups and at most 200 characters.
    pub name: Patch<String>,
    /// The id in another system of the shop, unique among groups; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}
