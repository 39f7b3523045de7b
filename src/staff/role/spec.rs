//! How a role shall stand, checked and free of any wire format.

use serde::Serialize;

use crate::channel::Markets;
use crate::checks::Checks;
use crate::error::UserError;
use crate::patch::Patch;
use crate::staff::account::OWNER;
use crate::staff::mandate::{self, Mandate};
use crate::staff::role::input::{RoleCreateInput, RoleUpdateInput};
use crate::staff::role::standing::RoleState;
use crate::text::fold;

/// A whole role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleSpec {
    pub name: String,
    #[serde(flatten)]
    pub mandate: Mandate,
}

impl RoleSpec {
    /// Checks the input of a creation. Without markets no channel is named.
    pub fn read(checks: &mut Checks, input: RoleCreateInput, markets: Option<&Markets>) -> Self {
        let slugs = input.channels.as_deref().zip(markets);
        let channels = slugs.map(|(slugs, markets)| mandate::channels(checks, markets, slugs));
        if channels.is_some() {
            Mandate::check_listed(checks, &input.permissions);
        }
        let mandate = Mandate { permissions: input.permissions.into_iter().collect(), channels };
        Self { name: name(checks, &input.name), mandate }
    }

    /// How a role stands.
    pub fn of(role: &RoleState) -> Self {
        Self { name: role.row.name.clone(), mandate: role.mandate.clone() }
    }

    /// How it stands after an update.
    pub fn apply(self, checks: &mut Checks, input: RoleUpdateInput, markets: Option<&Markets>) -> Self {
        let channels = match (input.channels, markets) {
            (Patch::Set(slugs), Some(markets)) => Some(mandate::channels(checks, markets, &slugs)),
            (Patch::Clear, _) => None,
            _ => self.mandate.channels,
        };
        let kept = Mandate { permissions: self.mandate.permissions, channels };
        let mandate = match checks.needed("permissions", input.permissions) {
            Some(permissions) => {
                if kept.channels.is_some() {
                    Mandate::check_listed(checks, &permissions);
                }
                Mandate { permissions: permissions.into_iter().collect(), ..kept }
            }
            None => {
                if kept.channels.is_some() {
                    kept.check_kept(checks);
                }
                kept
            }
        };
        let name = checks.needed("name", input.name).map_or(self.name, |given| name(checks, &given));
        Self { name, mandate }
    }
}

fn name(checks: &mut Checks, text: &str) -> String {
    let name = checks.name("name", text, "A name");
    if fold(&name) == fold(OWNER) {
        let message = format!("{OWNER} is the name of the role that holds every permission.");
        checks.push(UserError::taken(checks.path("name"), message));
    }
    name
}
