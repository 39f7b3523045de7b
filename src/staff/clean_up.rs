//! Removes sessions that ended long ago, with their refresh tokens, and failures to sign in that count no more.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::session;
use crate::error::Result;
use crate::job::{Next, Task, Work};
use crate::staff::throttle::Throttle;

/// How long it can be seen that a session was there.
const KEPT: Duration = Duration::from_hours(30 * 24);
const EVERY: Duration = Duration::from_hours(6);
const BATCH: u64 = 1_000;

pub struct SessionCleanUp(pub Db);

impl Work for SessionCleanUp {
    fn kind(&self) -> &'static str {
        "session.clean_up"
    }

    fn standing(&self) -> Option<u128> {
        Some(2)
    }

    fn run<'a>(&'a self, _task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>> {
        Box::pin(async move {
            Throttle::new(self.0.clone()).clean_up().await?;
            while self.remove_some(Timestamp::now().before(KEPT)).await? == BATCH {}
            Ok(Next::Again(EVERY))
        })
    }
}

impl SessionCleanUp {
    async fn remove_some(&self, before: Timestamp) -> Result<u64> {
        let tx = self.0.begin().await?;
        let has_ended =
            Condition::any().add(session::Column::ExpiresAt.lt(before)).add(session::Column::RevokedAt.lt(before));
        let old = session::Entity::find().select_only().column(session::Column::Id).filter(has_ended).limit(BATCH);
        // SQLite takes a limit in the sub-select of a removal only one level further down.
        let old = Query::select().column(session::Column::Id).from_subquery(old.into_query(), "old").take();
        let removed = session::Entity::delete_many().filter(session::Column::Id.in_subquery(old)).exec(&tx).await?;
        tx.commit().await?;
        Ok(removed.rows_affected)
    }
}
