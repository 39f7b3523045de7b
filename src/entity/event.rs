//! The outbox: what happened, in the order in which it happened to each object.

use sea_orm::entity::prelude::*;
use sea_orm::prelude::Uuid;

use crate::auth::ActorKind;
use crate::clock::Timestamp;
use crate::id::EventId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub r#type: String,
    pub aggregate_type: String,
    pub aggregate_id: Uuid,
    pub sequence: i64,
    pub payload: Json,
    pub actor_type: ActorKind,
    pub actor_id: Option<Uuid>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
