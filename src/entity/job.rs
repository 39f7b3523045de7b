//! Something to be done, now or later, by whichever node gets hold of it first.

use sea_orm::entity::prelude::*;
use sea_orm::prelude::Uuid;

use crate::clock::Timestamp;
use crate::entity::job_state::JobState;
use crate::id::{EventId, JobId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub payload: Json,
    /// The event whose effect it is.
    pub event_id: Option<EventId>,
    /// Not before; while a worker has it, when it is taken for dead.
    pub run_at: Timestamp,
    pub attempts: i64,
    /// Who has it: a number of the worker's own for this attempt.
    pub lease: Option<Uuid>,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
