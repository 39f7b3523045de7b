//! A set of permissions under a name.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::RoleId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleId,
    pub name: String,
    pub name_key: String,
    /// Holds every permission, also those added later.
    pub is_owner: bool,
    /// Holds in some channels only, also where none of them is left.
    pub is_limited: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The permissions that a role gives.
    pub fn to_role_permission() -> RelationDef {
        Self::belongs_to(super::role_permission::Entity)
            .from(Column::Id)
            .to(super::role_permission::Column::RoleId)
            .into()
    }

    /// Where a limited role holds.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::role_channel::Entity).from(Column::Id).to(super::role_channel::Column::RoleId).into()
    }
}
