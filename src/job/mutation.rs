//! How those who run the shop have jobs tried again.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::JobId;
use crate::job::graphql::Job;

payloads! {
    /// What came of having a job tried again.
    JobRetryPayload {
        /// The job as it now stands.
        job: Job
    }
}

#[derive(Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Has a job that was given up, or that waits for its next attempt, tried again at once. Requires `JOB_WRITE`.
    #[graphql(guard = "Can(Permission::JobWrite)")]
    async fn job_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the job.")] id: JobId,
    ) -> Result<Option<JobRetryPayload>> {
        let (_, user_errors) = split(ctx.app().jobs.retry(ctx.actor(), id).await)?;
        Ok(Some(JobRetryPayload { job: ctx.app().jobs.find(id).await?.map(Job), user_errors }))
    }
}
