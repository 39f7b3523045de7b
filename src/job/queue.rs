//! Writes jobs in the transaction that makes them due.

use std::time::Duration;

use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::job;
use crate::entity::job_state::JobState;
use crate::error::Result;
use crate::id::{EventId, JobId};

/// A job to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    pub kind: &'static str,
    /// Ids and facts, never personal data or secrets.
    pub payload: Value,
    pub event: Option<EventId>,
    /// Not before this time has passed.
    pub delay: Duration,
}

/// Adds a job. Of one event there is one job of a kind.
pub async fn add(tx: &DatabaseTransaction, job: NewJob) -> Result<()> {
    insert(tx, JobId::generate(), job).await
}

/// Sees to it that a job is there that comes again and again.
pub async fn keep(tx: &DatabaseTransaction, kind: &'static str, number: u128) -> Result<()> {
    let job = NewJob { kind, payload: json!({}), event: None, delay: Duration::ZERO };
    insert(tx, Uuid::from_u128(number).into(), job).await
}

async fn insert(tx: &DatabaseTransaction, id: JobId, job: NewJob) -> Result<()> {
    let now = Timestamp::now();
    let row = job::Model {
        id,
        kind: job.kind.to_owned(),
        state: JobState::Waiting,
        payload: job.payload,
        event_id: job.event,
        run_at: now.after(job.delay),
        attempts: 0,
        lease: None,
        last_error: None,
        created_at: now,
        finished_at: None,
    };
    let is_there = OnConflict::new().do_nothing().to_owned();
    job::Entity::insert(all_set::<job::Entity, _>(row)).on_conflict(is_there).exec_without_returning(tx).await?;
    Ok(())
}
