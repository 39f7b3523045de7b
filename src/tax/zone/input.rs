//! What staff send about zones of taxes.

use async_graphql::InputObject;

use crate::address::input::AreaInput;
use crate::graphql::scalar::MetadataEntryInput;
use crate::patch::Patch;

/// A new part of the world with rates of its own.
#[derive(Clone, Debug, InputObject)]
pub struct TaxZoneCreateInput {
    /// The name, unique among zones and at most 200 characters.
    pub name: String,
    /// What belongs to it, at most 500. A place can lie in areas of several zones: the most precise one counts, that is
    /// one with postal codes before one with a region before a whole country, and of several the one of the oldest zone.
    pub areas: Vec<AreaInput>,
    /// The id in another system of the shop, unique among zones; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a zone: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct TaxZoneUpdateInput {
    /// The version that was read; if the zone has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name, unique among zones and at most 200 characters.
    pub name: Patch<String>,
    /// What belongs to it, at most 500; all are replaced.
    pub areas: Patch<Vec<AreaInput>>,
    /// The id in another system of the shop, unique among zones; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}
