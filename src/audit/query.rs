//! How audit entries are found.

use async_graphql::{Context, Object, Result};

use crate::audit::graphql::{AuditEntry, AuditEntryConnection, AuditEntryCount};
use crate::audit::input::AuditEntryFilter;
use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};

#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// What those who run the shop did, newest first. Requires `AUDIT_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::AuditRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which audit entries are wanted.")] filter: Option<AuditEntryFilter>,
    ) -> Result<Option<AuditEntryConnection>> {
        let (filter, args) = (filter.unwrap_or_default(), PageArgs { first, after, last, before });
        let page = ctx.app().audit.list(&filter, &args).await?;
        Ok(Some(AuditEntryConnection { page: page.map(AuditEntry), count: AuditEntryCount(filter) }))
    }
}
