//! Nobody gives, or takes, what he lacks.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::auth::{Actor, Rights};
use crate::entity::staff_user_role;
use crate::error::{Result, UserError};
use crate::id::{RoleId, StaffUserId};
use crate::staff::role::{RoleState, Roles};

/// Somebody who gives and takes roles.
pub struct Delegate<'a> {
    actor: &'a Actor,
    is_owner: bool,
}

impl<'a> Delegate<'a> {
    /// An API token is never an owner, whatever it may do; nor is who has all permissions by other roles.
    pub async fn find(db: &impl ConnectionTrait, actor: &'a Actor, roles: &Roles) -> Result<Self> {
        let is_owner = match actor {
            Actor::System => true,
            Actor::Staff(staff) => match roles.owner() {
                Some(owner) => held_by(db, staff.id).await?.contains(&owner.row.id),
                None => false,
            },
            Actor::Anonymous | Actor::Customer(_) | Actor::Token(_) => false,
        };
        Ok(Self { actor, is_owner })
    }

    /// Refuses who lacks something that the role gives.
    pub fn check(&self, role: &RoleState, path: &str) -> Result<(), UserError> {
        if role.row.is_owner && !self.is_owner {
            let message = format!(
                "Only who has the role {} gives or takes it, or changes the account of somebody who has it.",
                role.row.name
            );
            return Err(UserError::not_allowed(path, message));
        }
        check(self.actor, &role.rights(), path)
    }
}

/// Refuses who lacks any of some rights.
pub fn check(actor: &Actor, rights: &Rights, path: &str) -> Result<(), UserError> {
    if actor.covers(rights) {
        return Ok(());
    }
    let none = Rights::default();
    let mut lacking: Vec<&str> =
        actor.rights().unwrap_or(&none).lacking(rights).map(|(permission, _)| permission.as_str()).collect();
    lacking.sort_unstable();
    lacking.dedup();
    let lacking = lacking.join(", ");
    let message = format!("You lack a permission that this would give, or take, from somebody else: {lacking}.");
    Err(UserError::not_allowed(path, message))
}

/// The roles that a staff user has.
pub async fn held_by(db: &impl ConnectionTrait, id: StaffUserId) -> Result<BTreeSet<RoleId>> {
    let held = staff_user_role::Entity::find().filter(staff_user_role::COLUMN.staff_user_id.eq(id));
    Ok(held.all(db).await?.into_iter().map(|row| row.role_id).collect())
}
