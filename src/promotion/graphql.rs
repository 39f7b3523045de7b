//! Promotions as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::channel::graphql::Channel;
use crate::entity::promotion;
use crate::entity::promotion_class::{PromotionClass, PromotionStacking};
use crate::error::Error;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, referred};
use crate::graphql::page::{self, Page, PageArgs};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time, metadata};
use crate::promotion::code::graphql::{PromotionCode, PromotionCodeConnection, PromotionCodeCount};
use crate::promotion::code::loader::{CodesOf, NEWEST};
use crate::promotion::list::PromotionSelection;
use crate::promotion::loader::{ChannelsOf, UseCountOf};
use crate::promotion::rule::graphql::{PromotionAction, PromotionConditions};

#[derive(Clone)]
pub struct Promotion(pub Arc<promotion::Model>);

/// What makes something cheaper: in the catalogue, or in carts for which its conditions hold.
#[Object]
impl Promotion {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name, which shoppers see on their carts and orders.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What shoppers may read about it, as plain text; empty if there is nothing.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The channels in which it applies, in the alphabet of their slugs; at most 100.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let rows = ctx.loader().load_one(ChannelsOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(|row| Channel(Arc::clone(row))).collect())
    }

    /// Whether it is switched on.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// What it acts on, as its action says.
    async fn class(&self) -> PromotionClass {
        self.0.class
    }

    /// Whether it applies only where one of its codes is entered, rather than by itself.
    async fn needs_code(&self) -> bool {
        self.0.needs_code
    }

    /// Beside which others it applies.
    async fn stacking(&self) -> PromotionStacking {
        self.0.stacking
    }

    /// Promotions of a class apply the higher first; of equals the older goes first.
    async fn priority(&self) -> i32 {
        i32::try_from(self.0.priority).unwrap_or(i32::MAX)
    }

    /// The first instant at which it applies; null if that needs no beginning.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(date_time)
    }

    /// The first instant at which it applies no more; null if it never ends.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(date_time)
    }

    /// When it applies: all of it has to hold.
    async fn conditions(&self) -> Result<PromotionConditions> {
        Ok(PromotionConditions(self.0.read_conditions().map_err(Error::internal)?))
    }

    /// What it does.
    async fn action(&self) -> Result<PromotionAction> {
        Ok(PromotionAction(self.0.read_action().map_err(Error::internal)?))
    }

    /// How often it can be used in all; null for any number of times.
    async fn usage_limit(&self) -> Option<i32> {
        self.0.usage_limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    /// How often one customer can use it, by account or by e-mail address; null for any number of times.
    async fn usage_limit_per_customer(&self) -> Option<i32> {
        self.0.usage_limit_per_customer.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    /// How often it was used: by orders that were placed and not cancelled.
    async fn use_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = ctx.loader().load_one(UseCountOf(self.0.id)).await?.unwrap_or_default();
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// What customers can type to get it, the newest first.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    async fn codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
    ) -> Result<PromotionCodeConnection> {
        let request = PageArgs { first, after, last, before }.check(NEWEST)?;
        let page = ctx.loader().load_one(CodesOf { promotion: self.0.id, request }).await?;
        let page = Page::clone(&*referred(page, "a page of codes")?);
        Ok(PromotionCodeConnection { page: page.map(PromotionCode), count: PromotionCodeCount(self.0.id) })
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on it for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on it for staff and its other systems.
    async fn private_metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.private_metadata)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; its codes and uses do not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for Promotion {}

connection!(
    /// A page of promotions.
    PromotionConnection,
    PromotionEdge,
    Promotion,
    PromotionCount
);

/// Counts the promotions of a list.
pub struct PromotionCount(pub PromotionSelection);

impl PromotionCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().promotions.count(&self.0).await?)
    }
}
