//! Price lists as staff see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::loader::VariantIn;
use crate::channel::graphql::Channel;
use crate::customer::group::graphql::CustomerGroup;
use crate::entity::{price_list, price_list_price};
use crate::error::Error;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, referred};
use crate::graphql::page::{self, Page, PageArgs};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{CurrencyCode, DateTime, MetadataEntry, Money, date_time, metadata};
use crate::id::{PriceListId, ProductVariantId};
use crate::money::{self, Currency};
use crate::price_list::input::PriceListFilter;
use crate::price_list::loader::{BY_VARIANT, ChannelsOfPriceList, GroupsOfPriceList, PriceCountOf, PricesOf};

#[derive(Clone)]
pub struct PriceList(pub Arc<price_list::Model>);

/// What variants cost for some groups of customers, or from some number of units on. Where it holds, it takes the place
/// of the variant's own price before promotions are looked at; of several lists the lowest price holds.
#[Object]
impl PriceList {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name, which shoppers for whom it holds can read.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency of all its prices.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.clone())
    }

    /// The channels in which it holds, at most 100, in the alphabet of their slugs.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let rows = ctx.loader().load_one(ChannelsOfPriceList(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(Channel).collect())
    }

    /// The groups of customers for which it is, at most 100, in the alphabet of their names; for everybody if there are
    /// none.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn groups(&self, ctx: &Context<'_>) -> Result<Vec<CustomerGroup>> {
        let rows = ctx.loader().load_one(GroupsOfPriceList(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(CustomerGroup).collect())
    }

    /// Whether it holds at all.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// The first instant at which it holds; null if it has no beginning.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(date_time)
    }

    /// The first instant at which it does not hold any more; null if it has no end.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(date_time)
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

    /// When it or one of its prices was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes, those of prices too; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }

    /// Its prices: variants in the order of their making, each from the smallest quantity on.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
        #[graphql(desc = "The id of the variant whose prices are wanted; all if absent.")] variant: Option<
            ProductVariantId,
        >,
    ) -> Result<PriceListPriceConnection> {
        let args = PageArgs { first, after, last, before };
        let key = PricesOf { list: self.0.id, variant, request: args.check(BY_VARIANT)? };
        let page = Page::clone(&*referred(ctx.loader().load_one(key).await?, "a page of prices")?);
        let currency = Currency::from_code(&self.0.currency);
        let currency = currency.ok_or_else(|| Error::internal("a price list has an unknown currency"))?;
        let page = page.map(|row| PriceListPrice { row, currency });
        Ok(PriceListPriceConnection { page, count: PriceListPriceCount(PriceCountOf { list: self.0.id, variant }) })
    }
}

impl Prompt for PriceList {}

#[derive(Clone)]
pub struct PriceListPrice {
    row: price_list_price::Model,
    currency: Currency,
}

/// What a unit of a variant costs by a price list from a number of units on.
#[Object]
impl PriceListPrice {
    /// The variant, as it is in the default channel; null if you may not see it.
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        let market = ctx.market(None).await?;
        let row = ctx.loader().load_one(VariantIn(market.scope, self.row.variant_id)).await?;
        Ok(row.map(|row| ProductVariant::new(row, market)))
    }

    /// From how many units of the variant on.
    async fn from_quantity(&self) -> i32 {
        i32::try_from(self.row.from_quantity).unwrap_or(i32::MAX)
    }

    /// What each of these units costs, before promotions.
    async fn price(&self) -> Money {
        money::Money::from_minor(self.row.price_minor, self.currency).into()
    }
}

impl Prompt for PriceListPrice {}

connection!(
    /// A page of the prices of a list.
    PriceListPriceConnection,
    PriceListPriceEdge,
    PriceListPrice,
    PriceListPriceCount
);

/// Counts the prices of a list.
pub struct PriceListPriceCount(PriceCountOf);

impl PriceListPriceCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.loader().load_one(self.0).await?.unwrap_or(0))
    }
}

connection!(
    /// A page of price lists.
    PriceListConnection,
    PriceListEdge,
    PriceList,
    PriceListCount
);

/// Counts the price lists on all pages.
pub struct PriceListCount(pub PriceListFilter);

impl PriceListCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().price_lists.count(&self.0).await?)
    }
}

/// The list of an id as it now stands, for the payload of a mutation.
pub async fn reload(ctx: &Context<'_>, id: PriceListId) -> crate::error::Result<Option<PriceList>> {
    Ok(ctx.app().price_lists.find(id).await?.map(|row| PriceList(Arc::new(row))))
}
