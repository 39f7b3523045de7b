//! How staff look up gift cards.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::gift_card::GiftCardSelection;
use crate::gift_card::graphql::{GiftCard, GiftCardConnection, GiftCardCount};
use crate::gift_card::input::{GiftCardFilter, GiftCardSort};
use crate::graphql::context::ContextExt;
use crate::graphql::page::{self, PageArgs};
use crate::id::GiftCardId;

#[derive(Default)]
pub struct GiftCardQuery;

#[Object]
impl GiftCardQuery {
    /// The gift card of an id; null if there is none. Requires `GIFT_CARD_READ`.
    #[graphql(guard = "Can(Permission::GiftCardRead)")]
    async fn gift_card(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the gift card.")] id: GiftCardId,
    ) -> Result<Option<GiftCard>> {
        Ok(ctx.app().gift_cards.find(ctx.actor(), id).await?.map(|row| GiftCard(Arc::new(row))))
    }

    /// Gift cards, the newest first if no sort is given. Requires `GIFT_CARD_READ`.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(guard = "Can(Permission::GiftCardRead)", complexity = "page::complexity(first, last, child_complexity)")]
    async fn gift_cards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Which gift cards are wanted.")] filter: Option<GiftCardFilter>,
        #[graphql(desc = "In which order.")] sort: Option<GiftCardSort>,
        #[graphql(desc = "A whole code, or its last four characters; case, spaces and hyphens make no difference.")]
        query: Option<String>,
    ) -> Result<Option<GiftCardConnection>> {
        let selection = GiftCardSelection { filter: filter.unwrap_or_default(), sort, query };
        let args = PageArgs { first, after, last, before };
        let page = ctx.app().gift_cards.list(&selection, &args).await?;
        let page = page.map(|row| GiftCard(Arc::new(row)));
        Ok(Some(GiftCardConnection { page, count: GiftCardCount(selection) }))
    }
}
