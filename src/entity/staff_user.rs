//! A person who runs the shop.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::StaffUserId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffUserId,
    pub email: String,
    pub email_key: String,
    pub name: String,
    /// The folded name, by which accounts are listed.
    pub name_key: String,
    /// Empty while the person is invited and has chosen no password.
    pub password_hash: String,
    pub is_active: bool,
    /// In which mails are written.
    pub language: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The roles that an account has.
    pub fn to_staff_user_role() -> RelationDef {
        Self::belongs_to(super::staff_user_role::Entity)
            .from(Column::Id)
            .to(super::staff_user_role::Column::StaffUserId)
            .into()
    }
}
