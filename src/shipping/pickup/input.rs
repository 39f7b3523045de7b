//! What staff send about pick-up locations.

use async_graphql::InputObject;

use crate::address::input::AddressInput;
use crate::graphql::scalar::MetadataEntryInput;
use crate::patch::Patch;

/// A new pick-up location.
#[derive(Clone, Debug, InputObject)]
pub struct PickupLocationCreateInput {
    /// The name as shoppers read it, unique among locations and at most 200 characters.
    pub name: String,
    /// Where it is. The name of the location stands for the company where the address has neither company nor family
    /// name.
    pub address: AddressInput,
    /// When it is open and what to bring, as plain text of at most 2,000 characters.
    pub instructions: Option<String>,
    /// Whether goods can be fetched there; methods that lead to it are not there for shoppers otherwise.
    #[graphql(default = true)]
    pub is_active: bool,
    /// The id in another system of the shop, unique among locations; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a pick-up location: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct PickupLocationUpdateInput {
    /// The version that was read; if the location has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name as shoppers read it, unique among locations and at most 200 characters.
    pub name: Patch<String>,
    /// Where it is; the whole address is replaced.
    pub address: Patch<AddressInput>,
    /// When it is open and what to bring, as plain text of at most 2,000 characters.
    pub instructions: Patch<String>,
    /// Whether goods can be fetched there; methods that lead to it are not there for shoppers otherwise.
    pub is_active: Patch<bool>,
    /// The id in another system of the shop, unique among locations; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// Which pick-up locations are wanted; all conditions that are given hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PickupLocationFilter {
    /// Those where goods can be fetched, or those where they cannot.
    pub is_active: Option<bool>,
    /// The one with this id in another system of the shop.
    pub external_id: Option<String>,
}
