//! How a zone shall stand, checked and free of any wire format.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::address::Area;
use crate::address::input::AreaInput;
use crate::checks::Checks;
use crate::entity::tax_zone;
use crate::error::{Result, UserError};
use crate::patch::Patch;
use crate::tax::zone::area;
use crate::tax::zone::input::{TaxZoneCreateInput, TaxZoneUpdateInput};
use crate::text::fold;

/// The most areas of a zone.
const MAX_AREAS: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    pub name: String,
    #[serde(serialize_with = "labels")]
    pub areas: Vec<Area>,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
}

impl Spec {
    pub fn from_input(input: TaxZoneCreateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let spec = Self {
            name: checks.name("name", &input.name, "A name"),
            areas: areas(&mut checks, input.areas),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        checks.finish()?;
        Ok(spec)
    }

    /// How it stands.
    pub fn of(row: &tax_zone::Model, areas: Vec<Area>) -> Self {
        Self {
            name: row.name.clone(),
            areas,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    pub fn apply(self, input: TaxZoneUpdateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let spec = Self {
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            areas: checks.needed("areas", input.areas).map_or(self.areas, |given| areas(&mut checks, given)),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        };
        checks.finish()?;
        Ok(spec)
    }

    /// The row, but for its areas, which have rows of their own.
    pub fn write(&self, row: tax_zone::Model) -> tax_zone::Model {
        tax_zone::Model {
            name: self.name.clone(),
            name_key: fold(&self.name),
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            ..row
        }
    }
}

/// In the order in which they are given; one that is given twice counts once.
fn areas(checks: &mut Checks, input: Vec<AreaInput>) -> Vec<Area> {
    if input.len() > MAX_AREAS {
        checks.push(UserError::too_long(checks.path("areas"), "The list of areas", MAX_AREAS));
        return Vec::new();
    }
    let mut areas: Vec<Area> = Vec::with_capacity(input.len());
    for (index, area) in input.into_iter().enumerate() {
        let area = checks.within(&format!("areas.{index}"), |checks| Area::check(checks, area));
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    areas
}

fn labels<S: Serializer>(areas: &[Area], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq(areas.iter().map(area::label))
}
