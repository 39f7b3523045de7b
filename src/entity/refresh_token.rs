//! A refresh token, by its hash.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::SessionId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub session_id: SessionId,
    pub created_at: Timestamp,
    /// When it was exchanged for the next one.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
