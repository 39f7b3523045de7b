//! What staff send about shipping zones.

use async_graphql::InputObject;

use crate::address::input::AreaInput;
use crate::graphql::scalar::{CountryCode, MetadataEntryInput};
use crate::patch::Patch;

/// A new shipping zone.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingZoneCreateInput {
    /// The name for staff, unique among zones and at most 200 characters.
    pub name: String,
    /// The parts of the world that belong to it, at most 500. Where areas of several zones hold an address, the most
    /// precise of them count: a postal code before a region, a region before a country.
    #[graphql(default)]
    pub areas: Vec<AreaInput>,
    /// The slugs of the channels that it serves; the default channel if absent, none if empty.
    pub channels: Option<Vec<String>>,
    /// The id in another system of the shop, unique among zones; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for the shop's own use, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a shipping zone: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingZoneUpdateInput {
    /// The version that was read; if the zone has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name for staff, unique among zones and at most 200 characters.
    pub name: Patch<String>,
    /// The parts of the world that belong to it, at most 500; all are replaced.
    pub areas: Patch<Vec<AreaInput>>,
    /// The slugs of the channels that it serves; all are replaced.
    pub channels: Patch<Vec<String>>,
    /// The id in another system of the shop, unique among zones; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for the shop's own use, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// Which shipping zones are wanted; all conditions that are given hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ShippingZoneFilter {
    /// Those that serve the channel of a slug.
    pub channel: Option<String>,
    /// Those with an area in a country.
    pub country: Option<CountryCode>,
    /// The one with this id in another system of the shop.
    pub external_id: Option<String>,
}
