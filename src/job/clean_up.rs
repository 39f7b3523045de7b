//! Removes jobs that were done long ago.

use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::job;
use crate::entity::job_state::JobState;
use crate::error::Result;
use crate::job::chore::Chore;
use crate::job::work::Work;

/// How long done jobs can be looked at.
const KEPT: Duration = Duration::from_hours(7 * 24);
const EVERY: Duration = Duration::from_hours(1);
const BATCH: u64 = 1_000;

pub fn clean_up(db: Db) -> impl Work {
    let deed = move || {
        let db = db.clone();
        async move {
            while remove_some(&db, Timestamp::now().before(KEPT)).await? == BATCH {}
            Ok(())
        }
    };
    Chore { kind: "job.clean_up", number: 1, every: EVERY, deed }
}

async fn remove_some(db: &Db, before: Timestamp) -> Result<u64> {
    let tx = db.begin().await?;
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
