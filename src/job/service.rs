//! Shows jobs to those who run the shop, and has one tried again.

use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};
use serde_json::json;

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::job;
use crate::entity::job_state::JobState;
use crate::error::{Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::JobId;
use crate::job::input::{JobFilter, JobStateName};
use crate::job::signal::Signal;
use crate::keyset::Keyset;

const SORT: &str = "created";

const ORDER: Keyset<job::Column> =
    Keyset { key: job::Column::CreatedAt, id: job::Column::Id, is_text: false, is_descending: true };

#[derive(Clone)]
pub struct JobService {
    db: Db,
    signal: Signal,
}

impl JobService {
    pub const fn new(db: Db, signal: Signal) -> Self {
        Self { db, signal }
    }

    pub async fn find(&self, id: JobId) -> Result<Option<job::Model>> {
        Ok(job::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, the newest first.
    pub async fn list(&self, filter: &JobFilter, args: &PageArgs) -> Result<Page<job::Model>> {
        let request = args.check(SORT)?;
        let rows = ORDER.page(select(filter), &request)?.all(self.db.reader()).await?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &JobFilter) -> Result<u64> {
        Ok(select(filter).count(self.db.reader()).await?)
    }

    /// Has a job that was given up, or that waits for its next attempt, tried again at once.
    pub async fn retry(&self, actor: &Actor, id: JobId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = job::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = row.ok_or_else(|| UserError::not_found("id", "job"))?;
        let now = Timestamp::now();
        if row.state == JobState::Done {
            return Err(UserError::invalid("id", "This job is done.").into());
        }
        if is_running(&row, now) {
            return Err(UserError::invalid("id", "This job is being done.").into());
        }
        let change = job::ActiveModel {
            id: Set(id),
            state: Set(JobState::Waiting),
            run_at: Set(now),
            attempts: Set(0),
            lease: Set(None),
            finished_at: Set(None),
            ..Default::default()
        };
        job::Entity::update(change).exec_without_returning(&tx).await?;
        let payload = json!({ "kind": row.kind });
        event::record(&tx, actor, EventType::JobRetried, Aggregate::Job(id), payload).await?;
        tx.commit().await?;
        self.signal.ring();
        Ok(())
    }
}

/// How far a job is at an instant.
pub fn state_of(row: &job::Model, now: Timestamp) -> JobStateName {
    match row.state {
        JobState::Waiting if is_running(row, now) => JobStateName::Running,
        JobState::Waiting => JobStateName::Waiting,
        JobState::Done => JobStateName::Done,
        JobState::Dead => JobStateName::Dead,
    }
}

/// A job whose worker was given up is waiting again.
fn is_running(row: &job::Model, now: Timestamp) -> bool {
    row.state == JobState::Waiting && row.lease.is_some() && row.run_at > now
}

fn select(filter: &JobFilter) -> Select<job::Entity> {
    let mut query = job::Entity::find();
    if let Some(kind) = &filter.kind {
        query = query.filter(job::COLUMN.kind.eq(kind));
    }
    match filter.state {
        Some(state) => query.filter(is_in(state, Timestamp::now())),
        None => query,
    }
}

fn is_in(state: JobStateName, now: Timestamp) -> Condition {
    let running = Condition::all().add(job::Column::Lease.is_not_null()).add(job::Column::RunAt.gt(now));
    let waiting = Condition::all().add(job::COLUMN.state.eq(JobState::Waiting));
    match state {
        JobStateName::Waiting => waiting.add(running.not()),
        JobStateName::Running => waiting.add(running),
        JobStateName::Done => Condition::all().add(job::COLUMN.state.eq(JobState::Done)),
        JobStateName::Dead => Condition::all().add(job::COLUMN.state.eq(JobState::Dead)),
    }
}

fn cursor(row: &job::Model) -> Cursor {
    Cursor { sort: SORT.to_owned(), key: CursorKey::Number(row.created_at.as_micros()), id: row.id.uuid() }
}
