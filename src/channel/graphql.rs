//! Channels as anybody may see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::channel::loader::CountriesOf;
use crate::entity::channel;
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{CountryCode, CurrencyCode, DateTime, LanguageCode, date_time};
use crate::pricing::{CrossBorderPricing, TaxRounding};

/// How large a cart may grow, and how long it is kept.
#[derive(SimpleObject)]
pub struct CartLimits {
    /// The most lines.
    lines: i32,
    /// The most units of a line.
    units_per_line: i32,
    /// The most units of all lines together.
    units: i32,
    /// The most units of one variant that a customer gets, over all lines; null where there is no such limit.
    units_per_variant: Option<i32>,
    /// For how many days a cart is kept that nobody changes.
    lifetime_days: i32,
}

pub struct Channel(pub Arc<channel::Model>);

/// A market that the shop sells to: one currency, one home country, one way to show prices.
#[Object]
impl Channel {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name by which the `channel` argument of root fields selects it.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name for people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency of every price in this channel.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.clone())
    }

    /// The country whose taxes apply while no address is known.
    async fn home_country(&self) -> CountryCode {
        CountryCode(self.0.home_country.clone())
    }

    /// The countries in which it sells, the home country first, the others in the alphabet of their codes.
    async fn countries(&self, ctx: &Context<'_>) -> Result<Vec<CountryCode>> {
        let others = ctx.loader().load_one(CountriesOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(others.len())?;
        let home = std::iter::once(&self.0.home_country);
        let others = others.iter().filter(|country| **country != self.0.home_country);
        Ok(home.chain(others).cloned().map(CountryCode).collect())
    }

    /// Whether prices are entered and shown with tax included.
    async fn prices_include_tax(&self) -> bool {
        self.0.prices_include_tax
    }

    /// The language that it speaks to who asks for no other.
    async fn default_language(&self) -> LanguageCode {
        LanguageCode(self.0.default_language.clone())
    }

    /// Where links in mails to its customers lead; null for the address of the configuration.
    async fn storefront_url(&self) -> Option<&str> {
        self.0.storefront_url.as_deref()
    }

    /// Where tax is rounded.
    async fn tax_rounding(&self) -> TaxRounding {
        self.0.tax_rounding
    }

    /// What stays as it is where a price that includes tax meets another country's rate.
    async fn cross_border_pricing(&self) -> CrossBorderPricing {
        self.0.cross_border_pricing
    }

    /// How large carts may grow, and how long they are kept.
    async fn cart_limits(&self) -> CartLimits {
        let count = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        CartLimits {
            lines: count(self.0.cart_lines),
            units_per_line: count(self.0.cart_units_per_line),
            units: count(self.0.cart_units),
            units_per_variant: self.0.cart_units_per_variant.map(count),
            lifetime_days: count(self.0.cart_lifetime_days),
        }
    }

    /// Whether it is the one that is meant where none is named; exactly one is.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; what is assigned to it and what things cost there does not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}
