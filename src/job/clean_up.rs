//! Removes jobs that were done long ago.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::job;
use crate::entity::job_state::JobState;
use crate::error::Result;
use crate::job::work::{Next, Task, Work};

/// How long done jobs can be looked at.
const KEPT: Duration = Duration::from_hours(7 * 24);
const EVERY: Duration = Duration::from_hours(1);
const BATCH: u64 = 1_000;

pub struct CleanUp(pub Db);

impl Work for CleanUp {
    fn kind(&self) -> &'static str {
        "job.clean_up"
    }

    fn standing(&self) -> Option<u128> {
        Some(1)
    }

    fn run<'a>(&'a self, _task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>> {
        Box::pin(async move {
            while self.remove_some(Timestamp::now().before(KEPT)).await? == BATCH {}
            Ok(Next::Again(EVERY))
        })
    }
}

impl CleanUp {
    async fn remove_some(&self, before: Timestamp) -> Result<u64> {
        let tx = self.0.begin().await?;
        let old = job::Entity::find()
            .select_only()
            .column(job::Column::Id)
            .filter(job::COLUMN.state.eq(JobState::Done))
            .filter(job::Column::FinishedAt.lt(before))
            .limit(BATCH);
        // SQLite takes a limit in the sub-select of a removal only one level further down.
        let old = Query::select().column(job::Column::Id).from_subquery(old.into_query(), "old").take();
        let removed = job::Entity::delete_many().filter(job::Column::Id.in_subquery(old)).exec(&tx).await?;
        tx.commit().await?;
        Ok(removed.rows_affected)
    }
}
