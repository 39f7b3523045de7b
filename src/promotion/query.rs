//! How staff find promotions.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::PromotionId;
use crate::promotion::graphql::{Promotion, PromotionConnection, PromotionCount};
use crate::promotion::input::{PromotionFilter, PromotionSort};
use crate::promotion::list::PromotionSelection;

#[derive(Default)]
pub struct PromotionQuery;

#[Object]
impl PromotionQuery {
    /// The promotion of an id; null if there is none. Requires `PROMOTION_READ`.
    #[graphql(guard = "Can(Permission::PromotionRead)")]
    async fn promotion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the promotion.")] id: PromotionId,
    ) -> Result<Option<Promotion>> {
        Ok(ctx.app().promotions.find(id).await?.map(|row| Promotion(Arc::new(row))))
    }

    /// Promotions, the newest first if no sort is given. Requires `PROMOTION_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::PromotionRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn promotions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which promotions are wanted.")] filter: Option<PromotionFilter>,
        #[graphql(desc = "In which order.")] sort: Option<PromotionSort>,
        #[graphql(desc = "What a name begins with.")] query: Option<String>,
    ) -> Result<Option<PromotionConnection>> {
        let selection = PromotionSelection { filter: filter.unwrap_or_default(), sort, query };
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().promotions.list(&selection, &args).await?;
        let page = page.map(|row| Promotion(Arc::new(row)));
        Ok(Some(PromotionConnection { page, count: PromotionCount(selection) }))
    }
}
