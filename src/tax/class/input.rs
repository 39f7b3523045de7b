//! What staff send about classes of goods that are taxed alike.

use async_graphql::InputObject;

use crate::graphql::scalar::MetadataEntryInput;
use crate::patch::Patch;

/// A new class of goods that are taxed alike.
#[derive(Clone, Debug, InputObject)]
pub struct TaxClassCreateInput {
    /// The name, unique among classes and at most 200 characters.
    pub name: String,
    /// By what programs know the class, in the form of a slug and unique; made of the name if absent.
    pub code: Option<String>,
    /// The id in another system of the shop, unique among classes; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a class: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct TaxClassUpdateInput {
    /// The version that was read; if the class has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, unique among classes and at most 200 characters.
    pub name: Patch<String>,
    /// By what programs know the class, in the form of a slug and unique.
    pub code: Patch<String>,
    /// The id in another system of the shop, unique among classes; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}
