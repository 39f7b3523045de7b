//! Takes jobs under a lease, renews it, and says what became of them.
//!
//! Nobody but the holder of a job's present lease says what became of it: a worker that was taken for dead and comes back
//! changes nothing.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::job;
use crate::entity::job_state::JobState;
use crate::error::{Error, Result};
use crate::id::JobId;
use crate::job::retry;
use crate::job::work::Next;

const LONGEST_ERROR: usize = 500;

/// A job that this worker has.
#[derive(Clone, Debug)]
pub struct Leased {
    pub row: job::Model,
    pub lease: Uuid,
}

/// Takes jobs of some kinds that are due, the oldest first.
pub async fn take(db: &Db, kinds: &[&str], most: u64, span: Duration) -> Result<Vec<Leased>> {
    let now = Timestamp::now();
    let lease = JobId::generate().uuid();
    let tx = db.begin().await?;
    let rows = due(kinds)
        .filter(job::Column::RunAt.lte(now))
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&tx)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    job::Entity::update_many()
        .col_expr(job::Column::Lease, Expr::value(lease))
        .col_expr(job::Column::RunAt, Expr::value(now.after(span)))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .filter(job::COLUMN.id.is_in(rows.iter().map(|row| row.id)))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    let taken = |row: job::Model| Leased { row: job::Model { attempts: row.attempts + 1, ..row }, lease };
    Ok(rows.into_iter().map(taken).collect())
}

/// When the next job of some kinds is due.
pub async fn next_due(db: &Db, kinds: &[&str]) -> Result<Option<Timestamp>> {
    Ok(due(kinds).one(db.reader()).await?.map(|row| row.run_at))
}

fn due(kinds: &[&str]) -> sea_orm::Select<job::Entity> {
    job::Entity::find()
        .filter(job::COLUMN.state.eq(JobState::Waiting))
        .filter(job::COLUMN.kind.is_in(kinds.iter().copied()))
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
}

impl Leased {
    /// Keeps the job for another span, and tells whether it is still this worker's.
    pub async fn renew(&self, db: &Db, span: Duration) -> Result<bool> {
        let end = Timestamp::now().after(span);
        self.write(db, self.own().col_expr(job::Column::RunAt, Expr::value(end))).await
    }

    /// Says what became of it.
    pub async fn finish(&self, db: &Db, outcome: Result<Next>) -> Result<()> {
        let now = Timestamp::now();
        let blank = job::ActiveModel { lease: Set(None), last_error: Set(None), ..Default::default() };
        let change = match outcome {
            Ok(Next::Done) => job::ActiveModel { state: Set(JobState::Done), finished_at: Set(Some(now)), ..blank },
            Ok(Next::Again(pause)) => job::ActiveModel { run_at: Set(now.after(pause)), attempts: Set(0), ..blank },
            Err(error) => job::ActiveModel { last_error: Set(Some(text(&error))), ..self.failed(now, blank) },
        };
        self.write(db, self.own().set(change)).await.map(drop)
    }

    fn failed(&self, now: Timestamp, blank: job::ActiveModel) -> job::ActiveModel {
        if self.row.attempts >= retry::MOST_ATTEMPTS {
            job::ActiveModel { state: Set(JobState::Dead), finished_at: Set(Some(now)), ..blank }
        } else {
            job::ActiveModel { run_at: Set(now.after(retry::pause(self.row.attempts))), ..blank }
        }
    }

    fn own(&self) -> UpdateMany<job::Entity> {
        job::Entity::update_many()
            .filter(job::COLUMN.id.eq(self.row.id))
            .filter(job::COLUMN.lease.eq(self.lease))
            .filter(job::COLUMN.state.eq(JobState::Waiting))
    }

    async fn write(&self, db: &Db, change: UpdateMany<job::Entity>) -> Result<bool> {
        let tx = db.begin().await?;
        let done = change.exec(&tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected > 0)
    }
}

fn text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text.chars().take(LONGEST_ERROR).collect()
}
