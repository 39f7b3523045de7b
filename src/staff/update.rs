//! Changes staff users.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, PaginatorTrait};
use sea_orm::{QueryFilter, QuerySelect};

use crate::account::{grants, link, session};
use crate::auth::{AccountId, Actor};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::{staff_user, staff_user_role};
use crate::error::{Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{RoleId, StaffUserId};
use crate::patch::Patch;
use crate::staff::account::StaffService;
use crate::staff::delegation::{self, Delegate};
use crate::staff::input::StaffUserUpdateInput;
use crate::staff::role::Roles;
use crate::staff::spec::{self, StaffUserSpec};
use crate::text::fold;

impl StaffService {
    /// Changes an account; who is shut out has no session and no open link left.
    pub async fn update(&self, actor: &Actor, id: StaffUserId, input: StaffUserUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let all = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let row = staff_user::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = row.ok_or_else(|| UserError::not_found("id", "staff user"))?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let given = match &input.roles {
            Patch::Set(roles) => roles.clone(),
            Patch::Keep | Patch::Clear => Vec::new(),
        };
        let before = StaffUserSpec::of(&row, delegation::held_by(&tx, id).await?);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input, &all);
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        let delegate = Delegate::find(&tx, actor, &all).await?;
        spec::check_held(&delegate, &before.roles, &all)?;
        spec::check_given(&delegate, &given, &all)?;
        let is_shut_out = before.is_active && !after.is_active;
        if is_shut_out && actor.staff().is_some_and(|staff| staff.id == id) {
            return Err(UserError::invalid("input.isActive", "Nobody shuts himself out; somebody else has to.").into());
        }
        check_owner_is_left(&tx, &row, (&before, &after), &all).await?;
        write(&tx, row, &after).await?;
        if after.roles != before.roles {
            replace_roles(&tx, id, &after.roles).await?;
        }
        if is_shut_out {
            session::revoke_all_but(&tx, actor, AccountId::Staff(id), None).await?;
            link::end_all(&tx, AccountId::Staff(id), None).await?;
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        event::record(&tx, actor, EventType::StaffUserUpdated, Aggregate::StaffUser(id), details).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Refuses to let the last owner go who has joined and can come in. Whoever gives or takes roles waits for all of them,
/// so two who are each the other's last but one do not go together.
async fn check_owner_is_left(
    tx: &DatabaseTransaction,
    row: &staff_user::Model,
    (before, after): (&StaffUserSpec, &StaffUserSpec),
    all: &Roles,
) -> Result<()> {
    let Some(owner) = all.owner().map(|role| role.row.id) else { return Ok(()) };
    let can_come_in = |spec: &StaffUserSpec| spec.is_active && spec.roles.contains(&owner);
    if row.password_hash.is_empty() || !can_come_in(before) || can_come_in(after) {
        return Ok(());
    }
    let others = staff_user::Entity::find()
        .join(JoinType::InnerJoin, staff_user::Entity::to_staff_user_role())
        .filter(staff_user_role::COLUMN.role_id.eq(owner))
        .filter(staff_user::COLUMN.id.ne(row.id))
        .filter(staff_user::COLUMN.is_active.eq(true))
        .filter(staff_user::COLUMN.password_hash.ne(""));
    if others.count(tx).await? > 0 {
        return Ok(());
    }
    let place = if after.is_active { "input.roles" } else { "input.isActive" };
    let message = "This is the last owner who can come in; make somebody else one first.";
    Err(UserError::invalid(place, message).into())
}

async fn write(tx: &DatabaseTransaction, row: staff_user::Model, after: &StaffUserSpec) -> Result<()> {
    let row = staff_user::Model {
        name: after.name.clone(),
        name_key: fold(&after.name),
        is_active: after.is_active,
        language: after.language.clone(),
        updated_at: Timestamp::now(),
        version: row.version + 1,
        ..row
    };
    staff_user::Entity::update(all_set::<staff_user::Entity, _>(row)).exec_without_returning(tx).await?;
    Ok(())
}

async fn replace_roles(tx: &DatabaseTransaction, id: StaffUserId, roles: &BTreeSet<RoleId>) -> Result<()> {
    staff_user_role::Entity::delete_many().filter(staff_user_role::COLUMN.staff_user_id.eq(id)).exec(tx).await?;
    give_roles(tx, id, roles).await
}

/// Gives roles to somebody who has none of them.
pub(super) async fn give_roles(tx: &DatabaseTransaction, id: StaffUserId, roles: &BTreeSet<RoleId>) -> Result<()> {
    let rows = roles.iter().map(|role| staff_user_role::ActiveModel { staff_user_id: Set(id), role_id: Set(*role) });
    staff_user_role::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
