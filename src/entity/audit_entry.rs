//! What somebody who runs the shop did: the event of a change, with who, from where, and what was there before.

use sea_orm::entity::prelude::*;
use sea_orm::prelude::Uuid;

use crate::auth::ActorKind;
use crate::clock::Timestamp;
use crate::id::EventId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// That of the event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub actor_type: ActorKind,
    pub actor_id: Uuid,
    pub action: String,
    pub object_type: String,
    pub object_id: Uuid,
    /// What each changed field was and is.
    pub changes: Json,
    pub address: Option<String>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
