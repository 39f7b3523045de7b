//! What is sent to create and change channels.

use async_graphql::InputObject;

use crate::graphql::scalar::{CountryCode, CurrencyCode, LanguageCode};
use crate::patch::Patch;
use crate::pricing::{CrossBorderPricing, TaxRounding};

/// A new channel.
#[derive(Clone, Debug, InputObject)]
pub struct ChannelCreateInput {
    /// The name for people, at most 200 characters.
    pub name: String,
    /// The name by which the `channel` argument of root fields selects it; made of the name if absent.
    pub slug: Option<String>,
    /// The currency of every price in this channel. It stays as soon as anything has a price there.
    pub currency: CurrencyCode,
    /// The country whose taxes apply while no address is known.
    pub home_country: CountryCode,
    /// The countries in which it sells; the home country is always one of them.
    #[graphql(default)]
    pub countries: Vec<CountryCode>,
    /// Whether prices are entered and shown with tax included.
    pub prices_include_tax: bool,
    /// The language that it speaks to who asks for no other.
    pub default_language: LanguageCode,
    /// Where links in mails to its customers lead, such as `https://shop.example`; that of the configuration if absent.
    pub storefront_url: Option<String>,
    /// Where tax is rounded.
    #[graphql(default)]
    pub tax_rounding: TaxRounding,
    /// What stays as it is where a price that includes tax meets another country's rate.
    #[graphql(default)]
    pub cross_border_pricing: CrossBorderPricing,
    /// How large carts may grow; where absent 250 lines, 10,000 units a line, 100,000 units, and 30 days.
    pub cart_limits: Option<CartLimitsInput>,
}

/// How large a cart may grow, and how long it is kept. What is absent stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct CartLimitsInput {
    /// The most lines, 1 to 500.
    pub lines: Option<i32>,
    /// The most units of a line, 1 to 1,000,000.
    pub units_per_line: Option<i32>,
    /// The most units of all lines together, 1 to 1,000,000.
    pub units: Option<i32>,
    /// The most units of one variant that a customer gets, over all lines, 1 to 1,000,000; null for no such limit.
    pub units_per_variant: Patch<i32>,
    /// For how many days a cart is kept that nobody changes, 1 to 365.
    pub lifetime_days: Option<i32>,
}

/// Changes of a channel: what is absent stays as it is; null clears the countries but for the home country and the
/// address of the storefront, and is refused elsewhere.
#[derive(Clone, Debug, InputObject)]
pub struct ChannelUpdateInput {
    /// The version that was read; if the channel has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name for people, at most 200 characters.
    pub name: Patch<String>,
    /// The name by which the `channel` argument of root fields selects it. The old one is not known any more.
    pub slug: Patch<String>,
    /// The currency of every price in this channel; `IN_USE` once anything has had a price there.
    pub currency: Patch<CurrencyCode>,
    /// The country whose taxes apply while no address is known.
    pub home_country: Patch<CountryCode>,
    /// All countries in which it sells; the home country is always one of them.
    pub countries: Patch<Vec<CountryCode>>,
    /// Whether prices are entered and shown with tax included. No price is converted.
    pub prices_include_tax: Patch<bool>,
    /// The language that it speaks to who asks for no other.
    pub default_language: Patch<LanguageCode>,
    /// Where links in mails to its customers lead; null for that of the configuration.
    pub storefront_url: Patch<String>,
    /// Where tax is rounded.
    pub tax_rounding: Patch<TaxRounding>,
    /// What stays as it is where a price that includes tax meets another country's rate.
    pub cross_border_pricing: Patch<CrossBorderPricing>,
    /// How large carts may grow; larger ones that are there stay and show it as a problem.
    pub cart_limits: Patch<CartLimitsInput>,
}
