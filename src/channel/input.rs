//! What is sent to create and change channels.

use async_graphql::InputObject;

use crate::graphql::scalar::{CountryCode, CurrencyCode, LanguageCode};
use crate::patch::Patch;

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
}
