//! One permission of a role.

use sea_orm::entity::prelude::*;

use crate::auth::Permission;
use crate::id::RoleId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: RoleId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: Permission,
}

impl ActiveModelBehavior for ActiveModel {}
