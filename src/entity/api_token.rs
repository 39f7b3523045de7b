//! What another system of the shop calls with, by its hash.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{ApiTokenId, StaffUserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiTokenId,
    pub name: String,
    pub hash: String,
    /// The last characters, by which people know it again.
    pub ending: String,
    /// Good in some channels only, also where none of them is left.
    pub is_limited: bool,
    pub created_by: Option<StaffUserId>,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// What a token allows.
    pub fn to_permission() -> RelationDef {
        Self::belongs_to(super::api_token_permission::Entity)
            .from(Column::Id)
            .to(super::api_token_permission::Column::ApiTokenId)
            .into()
    }

    /// Where a limited token is good.
    pub fn to_channel() -> RelationDef {
        Self::belongs_to(super::api_token_channel::Entity)
            .from(Column::Id)
            .to(super::api_token_channel::Column::ApiTokenId)
            .into()
    }
}
