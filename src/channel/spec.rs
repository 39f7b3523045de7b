//! How a channel shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use serde::Serialize;
use url::Url;

use crate::channel::input::{ChannelCreateInput, ChannelUpdateInput};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::channel;
use crate::error::{Result, UserError};
use crate::graphql::scalar::CountryCode;
use crate::id::ChannelId;
use crate::patch::Patch;

/// A whole channel as it shall stand; the home country is always one of the countries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSpec {
    pub slug: String,
    pub name: String,
    pub currency: String,
    pub home_country: String,
    pub countries: BTreeSet<String>,
    pub prices_include_tax: bool,
    pub default_language: String,
    pub storefront_url: Option<String>,
}

impl ChannelSpec {
    /// Checks the input of a creation as a whole.
    pub fn from_input(input: ChannelCreateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let name = checks.name("name", &input.name, "A name");
        let spec = Self {
            slug: checks.slug(input.slug.as_deref(), &name),
            name,
            currency: input.currency.0,
            countries: with_home(codes(input.countries), &input.home_country.0),
            home_country: input.home_country.0,
            prices_include_tax: input.prices_include_tax,
            default_language: input.default_language.0,
            storefront_url: input.storefront_url.and_then(|url| storefront(&mut checks, &url)),
        };
        checks.finish()?;
        Ok(spec)
    }

    /// How a channel stands.
    pub fn of(row: &channel::Model, countries: BTreeSet<String>) -> Self {
        Self {
            slug: row.slug.clone(),
            name: row.name.clone(),
            currency: row.currency.clone(),
            home_country: row.home_country.clone(),
            countries,
            prices_include_tax: row.prices_include_tax,
            default_language: row.default_language.clone(),
            storefront_url: row.storefront_url.clone(),
        }
    }

    /// How it stands after an update.
    pub fn apply(self, input: ChannelUpdateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let home_country = checks.needed("homeCountry", input.home_country).map_or(self.home_country, |code| code.0);
        let countries = input.countries.into_change().map_or(self.countries, codes);
        let spec = Self {
            slug: checks.needed("slug", input.slug).map_or(self.slug, |slug| checks.given_slug(&slug)),
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            currency: checks.needed("currency", input.currency).map_or(self.currency, |code| code.0),
            countries: with_home(countries, &home_country),
            home_country,
            prices_include_tax: checks
                .needed("pricesIncludeTax", input.prices_include_tax)
                .unwrap_or(self.prices_include_tax),
            default_language: checks
                .needed("defaultLanguage", input.default_language)
                .map_or(self.default_language, |tag| tag.0),
            storefront_url: match input.storefront_url {
                Patch::Keep => self.storefront_url,
                Patch::Clear => None,
                Patch::Set(url) => storefront(&mut checks, &url),
            },
        };
        checks.finish()?;
        Ok(spec)
    }

    /// The row of a new channel, which is not the default one.
    pub fn to_row(&self, id: ChannelId, now: Timestamp) -> channel::Model {
        channel::Model {
            id,
            slug: self.slug.clone(),
            name: self.name.clone(),
            currency: self.currency.clone(),
            default_language: self.default_language.clone(),
            home_country: self.home_country.clone(),
            prices_include_tax: self.prices_include_tax,
            is_default: false,
            storefront_url: self.storefront_url.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}

/// Links are made by adding to it, so it is a bare address of the web.
fn storefront(checks: &mut Checks, url: &str) -> Option<String> {
    let url = checks.url("storefrontUrl", url);
    let is_bare = Url::parse(&url).is_ok_and(|url| url.query().is_none() && url.fragment().is_none());
    if !is_bare {
        let message = "This is a whole address such as https://shop.example, without a question mark or hash.";
        checks.push(UserError::invalid(checks.path("storefrontUrl"), message));
    }
    Some(url.trim_end_matches('/').to_owned())
}

fn codes(countries: Vec<CountryCode>) -> BTreeSet<String> {
    countries.into_iter().map(|code| code.0).collect()
}

fn with_home(mut countries: BTreeSet<String>, home: &str) -> BTreeSet<String> {
    countries.insert(home.to_owned());
    countries
}
