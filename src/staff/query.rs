//! How those who run the shop are found.

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::StaffUserId;
use crate::staff::graphql::{StaffUser, StaffUserConnection, StaffUserCount};
use crate::staff::input::StaffUserFilter;

#[derive(Default)]
pub struct StaffQuery;

#[Object]
impl StaffQuery {
    /// Those who run the shop, in the alphabet of their names. Requires `STAFF_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::StaffRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn staff_users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which staff users are wanted.")] filter: Option<StaffUserFilter>,
    ) -> Result<Option<StaffUserConnection>> {
        let (filter, args) = (filter.unwrap_or_default(), PageArgs { first, after, last, before });
        let page = ctx.app().staff.list(&filter, &args).await?;
        Ok(Some(StaffUserConnection { page: page.map(StaffUser), count: StaffUserCount(filter) }))
    }

    /// The staff user of an id; null if there is none. Requires `STAFF_READ`.
    #[graphql(guard = "Can(Permission::StaffRead)")]
    async fn staff_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the staff user.")] id: StaffUserId,
    ) -> Result<Option<StaffUser>> {
        Ok(ctx.app().staff.find(id).await?.map(StaffUser))
    }
}
