//! The keys under which clients ask for something that shall happen once.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Who asks.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    /// The name of the mutation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mutation: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Tells whether another request has the same input.
    pub input_hash: String,
    /// What came of it; `None` while it is under way.
    pub answer: Option<Json>,
    pub created_at: Timestamp,
    /// From when on the key is as good as new.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
