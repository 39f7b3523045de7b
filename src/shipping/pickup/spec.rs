//! How a pick-up location shall stand, checked and free of any wire format.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::address::Address;
use crate::address::input::AddressInput;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::pickup_location as row;
use crate::error::{Error, Result};
use crate::id::PickupLocationId;
use crate::patch::Patch;
use crate::shipping::pickup::input::{PickupLocationCreateInput, PickupLocationUpdateInput};
use crate::text::fold;

const INSTRUCTIONS_LENGTH: usize = 2_000;

/// A whole location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickupSpec {
    name: String,
    address: Address,
    instructions: Option<String>,
    is_active: bool,
    external_id: Option<String>,
    metadata: Value,
    private_metadata: Value,
}

impl PickupSpec {
    /// Checks the input of a creation.
    pub fn read(checks: &mut Checks, input: PickupLocationCreateInput) -> Self {
        let name = checks.name("name", &input.name, "A name");
        Self {
            address: check_address(checks, input.address, &name),
            name,
            instructions: instructions(checks, input.instructions),
            is_active: input.is_active,
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        }
    }

    /// How a location stands.
    pub fn of(row: &row::Model) -> Result<Self> {
        Ok(Self {
            name: row.name.clone(),
            address: address(row)?,
            instructions: row.instructions.clone(),
            is_active: row.is_active,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        })
    }

    /// How it stands after an update.
    pub fn apply(self, checks: &mut Checks, input: PickupLocationUpdateInput) -> Self {
        let name = checks.needed("name", input.name);
        let name = name.map_or(self.name, |name| checks.name("name", &name, "A name"));
        Self {
            address: match checks.needed("address", input.address) {
                Some(given) => check_address(checks, given, &name),
                None => self.address,
            },
            name,
            instructions: match input.instructions {
                Patch::Keep => self.instructions,
                Patch::Clear => None,
                Patch::Set(text) => instructions(checks, Some(text)),
            },
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        }
    }

    /// The row of a new location.
    pub fn to_row(&self, id: PickupLocationId) -> Result<row::Model> {
        let now = Timestamp::now();
        Ok(row::Model {
            id,
            name: self.name.clone(),
            name_key: fold(&self.name),
            address: serde_json::to_value(&self.address).map_err(Error::internal)?,
            instructions: self.instructions.clone(),
            is_active: self.is_active,
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
        })
    }
}

/// Where a location is.
pub fn address(row: &row::Model) -> Result<Address> {
    Address::deserialize(&row.address).map_err(Error::internal)
}

/// An address without anybody's name is that of the location.
fn check_address(checks: &mut Checks, mut input: AddressInput, name: &str) -> Address {
    let is_empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    if is_empty(&input.company) && is_empty(&input.last_name) {
        input.company = Some(name.to_owned());
    }
    checks.within("address", |checks| Address::check(checks, input))
}

fn instructions(checks: &mut Checks, text: Option<String>) -> Option<String> {
    checks.optional("instructions", text, "The text", INSTRUCTIONS_LENGTH)
}
