//! Does jobs, some at once, until it is told to stop.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::job::lease::{self, Leased};
use crate::job::queue;
use crate::job::signal::Signal;
use crate::job::work::{Next, Task, Work};

/// After the database was gone, before it is asked again.
const PAUSE: Duration = Duration::from_secs(1);
/// While another node takes what is due.
const CONTESTED: Duration = Duration::from_millis(20);

#[derive(Clone, Copy, Debug)]
pub struct RunnerSettings {
    /// How many jobs are done side by side.
    pub at_once: usize,
    /// A worker that has said nothing for so long is taken for dead.
    pub lease: Duration,
    /// Where nobody rings, what is due is looked for so often.
    pub look_every: Duration,
    /// How long jobs under way may take once the server is to end.
    pub drain: Duration,
}

impl RunnerSettings {
    /// Those of a server.
    pub fn of(db: &Db) -> Self {
        let look_every = Duration::from_secs(if db.carries_news() { 10 } else { 1 });
        Self { at_once: 4, lease: Duration::from_mins(1), look_every, drain: Duration::from_secs(10) }
    }
}

#[derive(Clone)]
pub struct Runner {
    db: Db,
    works: Arc<BTreeMap<&'static str, Arc<dyn Work>>>,
    signal: Signal,
    settings: RunnerSettings,
}

impl Runner {
    pub fn new(
        db: Db,
        works: impl IntoIterator<Item = Arc<dyn Work>>,
        signal: Signal,
        settings: RunnerSettings,
    ) -> Self {
        let works = works.into_iter().map(|work| (work.kind(), work)).collect();
        Self { db, works: Arc::new(works), signal, settings }
    }

    /// Sees to it that the jobs are there that come again and again.
    pub async fn prepare(&self) -> Result<()> {
        let tx = self.db.begin().await?;
        for work in self.works.values() {
            if let Some(number) = work.standing() {
                queue::keep(&tx, work.kind(), number).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Does what is due until it is told to stop; then it finishes what it has begun, for a time.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut under_way = JoinSet::new();
        loop {
            while under_way.try_join_next().is_some() {}
            let pause = match self.begin(&mut under_way).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be looked for");
                    PAUSE
                }
            };
            tokio::select! {
                () = &mut stop => break,
                () = self.signal.rung() => {}
                () = sleep(pause) => {}
                Some(_) = under_way.join_next() => {}
            }
        }
        let finished = async { while under_way.join_next().await.is_some() {} };
        if timeout(self.settings.drain, finished).await.is_err() {
            tracing::warn!("some jobs were not finished in time; they are done again once their leases have ended");
        }
    }

    /// Begins as many due jobs as there is room for, and tells when to look again.
    async fn begin(&self, under_way: &mut JoinSet<()>) -> Result<Duration> {
        let RunnerSettings { at_once, lease, look_every, .. } = self.settings;
        let room = at_once.saturating_sub(under_way.len());
        if room == 0 {
            return Ok(look_every);
        }
        let kinds: Vec<&str> = self.works.keys().copied().collect();
        // Asked without a lock: where nothing is due, nobody who writes is disturbed.
        let due = lease::next_due(&self.db, &kinds).await?;
        let wait = due.map_or(look_every, |due| Timestamp::now().until(due));
        if !wait.is_zero() {
            return Ok(wait.min(look_every));
        }
        let taken = lease::take(&self.db, &kinds, u64::try_from(room).unwrap_or(1), lease).await?;
        let pause = if taken.is_empty() { CONTESTED } else { Duration::ZERO };
        for leased in taken {
            if let Some(work) = self.works.get(leased.row.kind.as_str()) {
                under_way.spawn(finish(self.db.clone(), Arc::clone(work), leased, lease));
            }
        }
        Ok(pause)
    }
}

/// Does a job, keeps its lease meanwhile, and writes down what became of it.
async fn finish(db: Db, work: Arc<dyn Work>, leased: Leased, lease: Duration) {
    let Some(outcome) = attempt(&db, work, &leased, lease).await else {
        tracing::warn!(job.id = %leased.row.id, job.kind = leased.row.kind, "another worker has taken this job over");
        return;
    };
    if let Err(error) = &outcome {
        let (id, kind, attempt) = (leased.row.id, &leased.row.kind, leased.row.attempts);
        tracing::warn!(job.id = %id, job.kind = kind, attempt, error = error as &dyn std::error::Error, "a job failed");
    }
    if let Err(error) = leased.finish(&db, outcome).await {
        tracing::warn!(job.id = %leased.row.id, %error, "a job's end could not be written down; it is done again");
    }
}

/// `None` if somebody else has the job by now.
async fn attempt(db: &Db, work: Arc<dyn Work>, leased: &Leased, lease: Duration) -> Option<Result<Next>> {
    let task = Task {
        id: leased.row.id,
        payload: leased.row.payload.clone(),
        event: leased.row.event_id,
        attempt: u32::try_from(leased.row.attempts).unwrap_or(u32::MAX),
    };
    // In a task of its own, so that a panic is an error of this job and of no other.
    let mut running = tokio::spawn(async move { work.run(&task).await });
    let mut renewals = interval(lease / 3);
    renewals.set_missed_tick_behavior(MissedTickBehavior::Delay);
    renewals.tick().await;
    loop {
        tokio::select! {
            outcome = &mut running => return Some(outcome.unwrap_or_else(|error| Err(Error::internal(error)))),
            _ = renewals.tick() => match leased.renew(db, lease).await {
                Ok(true) => {}
                Ok(false) => {
                    running.abort();
                    return None;
                }
                Err(error) => tracing::warn!(job.id = %leased.row.id, %error, "a lease could not be renewed"),
            },
        }
    }
}
