//! The data of a filter bar, as clients read it.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::catalog::attribute::graphql::Attribute;
use crate::catalog::facet::read::{AttributeCounts, Facets, ValueCount};
use crate::catalog::offer::graphql::PriceRange;
use crate::channel::Market;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::scalar::Decimal;

pub struct ProductFacets {
    facets: Arc<Facets>,
    market: Arc<Market>,
}

impl ProductFacets {
    pub fn new(facets: Arc<Facets>, market: Arc<Market>) -> Self {
        Self { facets, market }
    }

    fn values(ctx: &Context<'_>, counts: &[ValueCount]) -> Result<Vec<FacetValue>> {
        ctx.admit(counts.len())?;
        Ok(counts.iter().cloned().map(FacetValue::from).collect())
    }
}

/// What the products of a list can be narrowed by, and how many would be left. Each count is of the products that
/// everything in the filter leaves but the selection of the same thing: whoever chose red still sees how many are blue.
/// Of tags all have to be there, so their counts tell what one more would leave. What shoppers are told may be ten seconds
/// old.
#[Object]
impl ProductFacets {
    /// The attributes that shoppers filter by and something in the list has a value of, in the shop's order.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<AttributeFacet>> {
        ctx.admit(self.facets.attributes.iter().map(|facet| 1 + facet.values.len()).sum())?;
        Ok(self.facets.attributes.iter().map(AttributeFacet::from).collect())
    }

    /// The vendors, the most frequent 100 of them.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn vendors(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        Self::values(ctx, &self.facets.vendors)
    }

    /// The types, the most frequent 100 of them.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn types(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        Self::values(ctx, &self.facets.types)
    }

    /// The tags, the most frequent 100 of them.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        Self::values(ctx, &self.facets.tags)
    }

    /// The lowest and the highest price; null if nothing has a price.
    async fn price(&self) -> Option<PriceRange> {
        let (lowest, highest) = self.facets.price?;
        Some(PriceRange::new(self.market.money(lowest), self.market.money(highest)))
    }

    /// Of how many products a variant can be bought now.
    async fn available(&self) -> i32 {
        i32::try_from(self.facets.available).unwrap_or(i32::MAX)
    }
}

/// How many products have which value of an attribute.
#[derive(SimpleObject)]
pub struct AttributeFacet {
    /// The attribute.
    attribute: Attribute,
    /// The values, the most frequent 100 of them.
    values: Vec<FacetValue>,
    /// The least and the greatest number, of a `NUMBER`.
    range: Option<NumberSpan>,
}

impl From<&AttributeCounts> for AttributeFacet {
    fn from(counts: &AttributeCounts) -> Self {
        Self {
            attribute: Attribute::new(Arc::clone(&counts.attribute)),
            values: counts.values.iter().cloned().map(FacetValue::from).collect(),
            range: counts
                .range
                .map(|(from, to)| NumberSpan { from: Decimal(from.to_string()), to: Decimal(to.to_string()) }),
        }
    }
}

/// A value with the number of products that have it.
#[derive(SimpleObject)]
pub struct FacetValue {
    /// The value as filters name it.
    value: String,
    /// The value for people.
    label: String,
    /// The colour as `#rrggbb`, of a `COLOR`.
    color: Option<String>,
    /// How many products would be left if it were chosen alone.
    count: i32,
}

impl From<ValueCount> for FacetValue {
    fn from(ValueCount { value, label, color, count }: ValueCount) -> Self {
        Self { value, label, color, count: i32::try_from(count).unwrap_or(i32::MAX) }
    }
}

/// The span of the numbers that products have of an attribute.
#[derive(SimpleObject)]
pub struct NumberSpan {
    /// The least.
    from: Decimal,
    /// The greatest.
    to: Decimal,
}
