//! All roles of the shop as they stand.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder, QuerySelect};

use crate::auth::{Permission, Rights};
use crate::entity::{role, role_channel, role_permission};
use crate::error::Result;
use crate::id::{ChannelId, RoleId};
use crate::staff::mandate::Mandate;

/// A role, and what it gives.
#[derive(Clone, Debug)]
pub struct RoleState {
    pub row: role::Model,
    pub mandate: Mandate,
}

impl RoleState {
    /// Of the owners' role these are all, also those that are added one day.
    pub fn rights(&self) -> Rights {
        if self.row.is_owner { Rights::all() } else { self.mandate.rights() }
    }
}

/// Every role of the shop.
pub struct Roles(Vec<RoleState>);

impl Roles {
    /// Until the transaction ends nobody else changes any of them, or gives or takes one.
    pub async fn take(tx: &DatabaseTransaction) -> Result<Self> {
        let all = role::Entity::find().select_only().column(role::Column::Id).order_by_asc(role::Column::Id);
        all.lock_exclusive().into_tuple::<RoleId>().all(tx).await?;
        // Only a new statement sees what others wrote while this one waited for them.
        let rows = role::Entity::find().order_by_asc(role::Column::Id).all(tx).await?;
        let mut permissions: HashMap<RoleId, BTreeSet<Permission>> = HashMap::new();
        for row in role_permission::Entity::find().all(tx).await? {
            permissions.entry(row.role_id).or_default().insert(row.permission);
        }
        let mut channels: HashMap<RoleId, BTreeSet<ChannelId>> = HashMap::new();
        for row in role_channel::Entity::find().all(tx).await? {
            channels.entry(row.role_id).or_default().insert(row.channel_id);
        }
        let state = |row: role::Model| {
            let permissions = permissions.remove(&row.id).unwrap_or_default();
            let channels = row.is_limited.then(|| channels.remove(&row.id).unwrap_or_default());
            RoleState { row, mandate: Mandate { permissions, channels } }
        };
        Ok(Self(rows.into_iter().map(state).collect()))
    }

    pub fn get(&self, id: RoleId) -> Option<&RoleState> {
        self.0.iter().find(|role| role.row.id == id)
    }

    /// The role that holds everything, if it was made.
    pub fn owner(&self) -> Option<&RoleState> {
        self.0.iter().find(|role| role.row.is_owner)
    }

    pub const fn count(&self) -> usize {
        self.0.len()
    }
}
