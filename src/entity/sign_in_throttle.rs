//! How often signing in has failed of late, for an account or from an address.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_throttle")]
pub struct Model {
    /// A hash of what is counted, which need not exist.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub failures: i64,
    pub last_at: Timestamp,
    /// From when on the next attempt is allowed.
    pub free_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
