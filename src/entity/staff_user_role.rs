//! A role that a staff user has.

use sea_orm::entity::prelude::*;

use crate::id::{RoleId, StaffUserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_user_role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_user_id: StaffUserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: RoleId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The role that is given.
    pub fn to_role() -> RelationDef {
        Self::belongs_to(super::role::Entity).from(Column::RoleId).to(super::role::Column::Id).into()
    }
}
