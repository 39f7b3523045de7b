//! How a shipping zone shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::address::Area;
use crate::address::input::AreaInput;
use crate::channel::{MAX_CHANNELS, Markets};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::shipping_zone as row;
use crate::error::{Result, UserError};
use crate::id::{ChannelId, ShippingZoneId};
use crate::patch::Patch;
use crate::shipping::zone::input::{ShippingZoneCreateInput, ShippingZoneUpdateInput};
use crate::text::fold;

/// The most areas of a zone.
const MAX_AREAS: usize = 500;

/// A whole zone but for its methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ZoneSpec {
    name: String,
    pub areas: Vec<Area>,
    pub channels: BTreeSet<ChannelId>,
    external_id: Option<String>,
    metadata: Value,
    private_metadata: Value,
}

impl ZoneSpec {
    /// Checks the input of a creation.
    pub fn read(checks: &mut Checks, input: ShippingZoneCreateInput, markets: &Markets) -> Result<Self> {
        Ok(Self {
            name: checks.name("name", &input.name, "A name"),
            areas: areas(checks, input.areas),
            channels: match input.channels {
                Some(slugs) => channels(checks, &slugs, markets),
                None => BTreeSet::from([markets.default_one()?.channel.id]),
            },
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        })
    }

    /// How a zone stands.
    pub fn of(row: &row::Model, areas: Vec<Area>, channels: BTreeSet<ChannelId>) -> Self {
        Self {
            name: row.name.clone(),
            areas,
            channels,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    /// How it stands after an update. Without markets no channel is named.
    pub fn apply(self, checks: &mut Checks, input: ShippingZoneUpdateInput, markets: Option<&Markets>) -> Self {
        let slugs = checks.needed("channels", input.channels);
        let name = checks.needed("name", input.name);
        Self {
            name: name.map_or(self.name, |name| checks.name("name", &name, "A name")),
            areas: match checks.needed("areas", input.areas) {
                Some(given) => areas(checks, given),
                None => self.areas,
            },
            channels: match slugs.zip(markets) {
                Some((slugs, markets)) => channels(checks, &slugs, markets),
                None => self.channels,
            },
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        }
    }

    /// The row of a new zone.
    pub fn to_row(&self, id: ShippingZoneId) -> row::Model {
        let now = Timestamp::now();
        row::Model {
            id,
            name: self.name.clone(),
            name_key: fold(&self.name),
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}

fn areas(checks: &mut Checks, inputs: Vec<AreaInput>) -> Vec<Area> {
    if inputs.len() > MAX_AREAS {
        checks.push(UserError::too_long(checks.path("areas"), "The list of areas", MAX_AREAS));
        return Vec::new();
    }
    let check = |(index, input)| checks.within(&format!("areas.{index}"), |checks| Area::check(checks, input));
    inputs.into_iter().enumerate().map(check).collect()
}

fn channels(checks: &mut Checks, slugs: &[String], markets: &Markets) -> BTreeSet<ChannelId> {
    if slugs.len() > MAX_CHANNELS {
        checks.push(UserError::too_long(checks.path("channels"), "The list of channels", MAX_CHANNELS));
        return BTreeSet::new();
    }
    let mut found = BTreeSet::new();
    for (index, slug) in slugs.iter().enumerate() {
        match markets.get(Some(slug)) {
            Some(market) => {
                found.insert(market.channel.id);
            }
            None => checks.push(UserError::not_found(checks.path(&format!("channels.{index}")), "channel")),
        }
    }
    found
}
