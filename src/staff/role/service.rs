//! What is done to roles.

use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::account::grants;
use crate::auth::Actor;
use crate::channel::Markets;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{role, role_channel, role_permission, staff_user_role};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::RoleId;
use crate::patch::Patch;
use crate::staff::delegation::{self, Delegate};
use crate::staff::mandate::Mandate;
use crate::staff::role::input::{RoleCreateInput, RoleUpdateInput};
use crate::staff::role::spec::RoleSpec;
use crate::staff::role::standing::{RoleState, Roles};
use crate::text::fold;

/// The most roles of a shop, which are listed without pages.
const MAX_ROLES: usize = 200;

#[derive(Clone)]
pub struct RoleService {
    db: Db,
}

impl RoleService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: RoleId) -> Result<Option<role::Model>> {
        Ok(role::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// All of them, that of owners first, then in the alphabet of their names.
    pub async fn list(&self) -> Result<Vec<role::Model>> {
        let all = role::Entity::find().order_by_desc(role::Column::IsOwner);
        Ok(all.order_by_asc(role::Column::NameKey).all(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: RoleCreateInput) -> Result<RoleId> {
        let tx = self.db.begin().await?;
        let markets = share_markets(&tx, input.channels.is_some()).await?;
        let roles = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        if roles.count() >= MAX_ROLES {
            return Err(UserError::too_long("input", "The list of roles", MAX_ROLES).into());
        }
        let mut checks = Checks::new("input");
        let spec = RoleSpec::read(&mut checks, input, markets.as_ref());
        checks.finish()?;
        delegation::check(actor, &spec.mandate.rights(), "input.permissions")?;
        let (id, now) = (RoleId::generate(), Timestamp::now());
        let row = role::Model {
            id,
            name_key: fold(&spec.name),
            name: spec.name.clone(),
            is_owner: false,
            is_limited: spec.mandate.channels.is_some(),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        map_taken(role::Entity::insert(all_set::<role::Entity, _>(row)).exec_without_returning(&tx).await)?;
        write_permissions(&tx, id, &spec.mandate).await?;
        write_channels(&tx, id, &spec.mandate).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::RoleCreated, Aggregate::Role(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: RoleId, input: RoleUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let markets = share_markets(&tx, matches!(input.channels, Patch::Set(_))).await?;
        let roles = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let role = changeable(&roles, id)?;
        if input.expected_version.is_some_and(|version| i64::from(version) != role.row.version) {
            return Err(UserError::conflict().into());
        }
        // What is wanted is blamed where it stands: that somebody has a permission in more channels may come of these.
        let place = if matches!(input.permissions, Patch::Keep) { "input.channels" } else { "input.permissions" };
        let before = RoleSpec::of(role);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input, markets.as_ref());
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        delegation::check(actor, &before.mandate.rights(), "id")?;
        delegation::check(actor, &after.mandate.rights(), place)?;
        let row = role::Model {
            name_key: fold(&after.name),
            name: after.name.clone(),
            is_limited: after.mandate.channels.is_some(),
            updated_at: Timestamp::now(),
            version: role.row.version + 1,
            ..role.row.clone()
        };
        map_taken(role::Entity::update(all_set::<role::Entity, _>(row)).exec_without_returning(&tx).await)?;
        replace_mandate(&tx, id, &before.mandate, &after.mandate).await?;
        let details = Details::of_change(event::nothing(), &before, &after)?;
        event::record(&tx, actor, EventType::RoleUpdated, Aggregate::Role(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a role that nobody has.
    pub async fn delete(&self, actor: &Actor, id: RoleId) -> Result<()> {
        let tx = self.db.begin().await?;
        let roles = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let role = changeable(&roles, id)?;
        Delegate::find(&tx, actor, &roles).await?.check(role, "id")?;
        let holders = staff_user_role::Entity::find().filter(staff_user_role::COLUMN.role_id.eq(id));
        if holders.count(&tx).await? > 0 {
            return Err(UserError::in_use("Somebody has this role; take it away first.").into());
        }
        let payload = json!({ "name": role.row.name });
        event::record(&tx, actor, EventType::RoleDeleted, Aggregate::Role(id), payload).await?;
        role::Entity::delete_by_id(id).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The channels, kept as they are, where some are named.
async fn share_markets(tx: &DatabaseTransaction, is_needed: bool) -> Result<Option<Markets>> {
    if is_needed { Markets::share(tx).await.map(Some) } else { Ok(None) }
}

fn changeable(roles: &Roles, id: RoleId) -> Result<&RoleState> {
    let role = roles.get(id).ok_or_else(|| UserError::not_found("id", "role"))?;
    if role.row.is_owner {
        let message = format!("The role {} holds everything, and stays as it is.", role.row.name);
        return Err(UserError::invalid("id", message).into());
    }
    Ok(role)
}

fn map_taken<T>(result: Result<T, sea_orm::DbErr>) -> Result<T> {
    result.on_unique("role_name_key", || UserError::taken("input.name", "Another role has this name."))
}

/// Only what has changed is written anew: a channel that stays may be on its way out.
async fn replace_mandate(tx: &DatabaseTransaction, id: RoleId, before: &Mandate, after: &Mandate) -> Result<()> {
    if after.permissions != before.permissions {
        role_permission::Entity::delete_many().filter(role_permission::COLUMN.role_id.eq(id)).exec(tx).await?;
        write_permissions(tx, id, after).await?;
    }
    if after.channels != before.channels {
        role_channel::Entity::delete_many().filter(role_channel::COLUMN.role_id.eq(id)).exec(tx).await?;
        write_channels(tx, id, after).await?;
    }
    Ok(())
}

async fn write_permissions(tx: &DatabaseTransaction, id: RoleId, mandate: &Mandate) -> Result<()> {
    let permissions = mandate
        .permissions
        .iter()
        .map(|permission| role_permission::ActiveModel { role_id: Set(id), permission: Set(*permission) });
    role_permission::Entity::insert_many(permissions).exec_without_returning(tx).await?;
    Ok(())
}

async fn write_channels(tx: &DatabaseTransaction, id: RoleId, mandate: &Mandate) -> Result<()> {
    let channels = mandate.channels.iter().flatten();
    let channels = channels.map(|channel| role_channel::ActiveModel { role_id: Set(id), channel_id: Set(*channel) });
    role_channel::Entity::insert_many(channels).exec_without_returning(tx).await?;
    Ok(())
}
