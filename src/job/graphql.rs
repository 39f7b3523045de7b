//! Jobs as those who run the shop see them.

use async_graphql::{Context, ID, Object, Result};

use crate::clock::Timestamp;
use crate::entity::job;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, date_time};
use crate::job::input::{JobFilter, JobStateName};
use crate::job::service;

#[derive(Clone)]
pub struct Job(pub job::Model);

/// Something that the server does beside requests: now or later, at least once, and again if it fails.
#[Object]
impl Job {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What is done, such as `job.clean_up`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// How far it is.
    async fn state(&self) -> JobStateName {
        service::state_of(&self.0, Timestamp::now())
    }

    /// When it is to be done, or tried again; while it is being done, when its worker is taken for dead.
    async fn run_at(&self) -> DateTime {
        date_time(self.0.run_at)
    }

    /// How often it was tried since it was made, since it last succeeded, or since somebody had it tried again.
    async fn attempts(&self) -> i32 {
        i32::try_from(self.0.attempts).unwrap_or(i32::MAX)
    }

    /// Why the last attempt failed, in the server's own words; null if it did not.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was done or given up; null before.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(date_time)
    }
}

impl Prompt for Job {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

connection!(
    /// A page of jobs.
    JobConnection,
    JobEdge,
    Job,
    JobCount
);

/// Counts the jobs of a list.
pub struct JobCount(pub JobFilter);

impl JobCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().jobs.count(&self.0).await?)
    }
}
