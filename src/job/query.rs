//! How those who run the shop look at jobs.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::job::graphql::{Job, JobConnection, JobCount};
use crate::job::input::JobFilter;

#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// The jobs of the shop, newest first. Requires `JOB_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::JobRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which jobs are wanted.")] filter: Option<JobFilter>,
    ) -> Result<Option<JobConnection>> {
        let (filter, args) = (filter.unwrap_or_default(), PageArgs { first, after, last, before });
        let page = ctx.app().jobs.list(&filter, &args).await?;
        Ok(Some(JobConnection { page: page.map(Job), count: JobCount(filter) }))
    }
}
