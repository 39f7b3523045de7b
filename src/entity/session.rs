//! A sign-in, from which access tokens are made until it expires or is revoked.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{SessionId, StaffUserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub staff_user_id: StaffUserId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The account that signed in.
    pub fn to_staff_user() -> RelationDef {
        Self::belongs_to(super::staff_user::Entity).from(Column::StaffUserId).to(super::staff_user::Column::Id).into()
    }
}
