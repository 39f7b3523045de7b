//! How a staff user shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::checks::Checks;
use crate::entity::staff_user;
use crate::error::{Result, UserError};
use crate::id::RoleId;
use crate::staff::delegation::Delegate;
use crate::staff::input::StaffUserUpdateInput;
use crate::staff::role::Roles;

/// What is changed of a staff user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffUserSpec {
    pub name: String,
    pub is_active: bool,
    pub roles: BTreeSet<RoleId>,
    pub language: Option<String>,
}

impl StaffUserSpec {
    /// How a staff user stands.
    pub fn of(row: &staff_user::Model, roles: BTreeSet<RoleId>) -> Self {
        Self { name: row.name.clone(), is_active: row.is_active, roles, language: row.language.clone() }
    }

    /// How it stands after an update.
    pub fn apply(self, checks: &mut Checks, input: StaffUserUpdateInput, all: &Roles) -> Self {
        Self {
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            roles: checks.needed("roles", input.roles).map_or(self.roles, |given| roles(checks, &given, all)),
            language: input.language.map(|language| language.0).apply(self.language),
        }
    }
}

/// The roles of an input, which are there.
pub fn roles(checks: &mut Checks, given: &[RoleId], all: &Roles) -> BTreeSet<RoleId> {
    for (index, _) in given.iter().enumerate().filter(|(_, id)| all.get(**id).is_none()) {
        checks.push(UserError::not_found(checks.path(&format!("roles.{index}")), "role"));
    }
    given.iter().copied().collect()
}

/// Refuses to give roles to who lacks what they give; each is blamed where it stands in the list.
pub fn check_given(delegate: &Delegate<'_>, given: &[RoleId], all: &Roles) -> Result<()> {
    let mut checks = Checks::new("input");
    for (index, id) in given.iter().enumerate() {
        if let Some(role) = all.get(*id)
            && let Err(refusal) = delegate.check(role, &checks.path(&format!("roles.{index}")))
        {
            checks.push(refusal);
        }
    }
    checks.finish()
}

/// Refuses to touch somebody to who lacks what the person has.
pub fn check_held(delegate: &Delegate<'_>, held: &BTreeSet<RoleId>, all: &Roles) -> Result<()> {
    for role in held.iter().filter_map(|id| all.get(*id)) {
        delegate.check(role, "id")?;
    }
    Ok(())
}
