//! How a channel shall stand, checked and free of any wire format.

use std::collections::BTreeSet;

use serde::Serialize;
use url::Url;

use crate::channel::input::{CartLimitsInput, ChannelCreateInput, ChannelUpdateInput};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::channel;
use crate::error::{Result, UserError};
use crate::graphql::scalar::CountryCode;
use crate::id::ChannelId;
use crate::patch::Patch;
use crate::pricing::{CrossBorderPricing, TaxRounding};

const MOST_LINES: i64 = 500;
const MOST_UNITS: i64 = 1_000_000;
const MOST_DAYS: i64 = 365;

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
    pub tax_rounding: TaxRounding,
    pub cross_border_pricing: CrossBorderPricing,
    pub cart_limits: CartLimits,
}

/// How large a cart may grow, and how long it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLimits {
    pub lines: i64,
    pub units_per_line: i64,
    pub units: i64,
    pub units_per_variant: Option<i64>,
    pub lifetime_days: i64,
}

impl Default for CartLimits {
    fn default() -> Self {
        Self { lines: 250, units_per_line: 10_000, units: 100_000, units_per_variant: None, lifetime_days: 30 }
    }
}

impl CartLimits {
    fn apply(self, checks: &mut Checks, input: CartLimitsInput) -> Self {
        let mut within = |field: &str, given: Option<i32>, before: i64, most: i64| match given.map(i64::from) {
            None => before,
            Some(count) if (1..=most).contains(&count) => count,
            Some(_) => {
                let error = UserError::invalid(checks.path(field), format!("This is a number from 1 to {most}."));
                checks.push(error.with_limit(most));
                before
            }
        };
        Self {
            lines: within("lines", input.lines, self.lines, MOST_LINES),
            units_per_line: within("unitsPerLine", input.units_per_line, self.units_per_line, MOST_UNITS),
            units: within("units", input.units, self.units, MOST_UNITS),
            units_per_variant: match input.units_per_variant {
                Patch::Keep => self.units_per_variant,
                Patch::Clear => None,
                Patch::Set(count) => Some(within("unitsPerVariant", Some(count), 1, MOST_UNITS)),
            },
            lifetime_days: within("lifetimeDays", input.lifetime_days, self.lifetime_days, MOST_DAYS),
        }
    }
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
            tax_rounding: input.tax_rounding,
            cross_border_pricing: input.cross_border_pricing,
            cart_limits: limits(&mut checks, CartLimits::default(), input.cart_limits),
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
            tax_rounding: row.tax_rounding,
            cross_border_pricing: row.cross_border_pricing,
            cart_limits: CartLimits {
                lines: row.cart_lines,
                units_per_line: row.cart_units_per_line,
                units: row.cart_units,
                units_per_variant: row.cart_units_per_variant,
                lifetime_days: row.cart_lifetime_days,
            },
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
            tax_rounding: checks.needed("taxRounding", input.tax_rounding).unwrap_or(self.tax_rounding),
            cross_border_pricing: checks
                .needed("crossBorderPricing", input.cross_border_pricing)
                .unwrap_or(self.cross_border_pricing),
            cart_limits: match checks.needed("cartLimits", input.cart_limits) {
                given @ Some(_) => limits(&mut checks, self.cart_limits, given),
                None => self.cart_limits,
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
            tax_rounding: self.tax_rounding,
            cross_border_pricing: self.cross_border_pricing,
            cart_lines: self.cart_limits.lines,
            cart_units_per_line: self.cart_limits.units_per_line,
            cart_units: self.cart_limits.units,
            cart_units_per_variant: self.cart_limits.units_per_variant,
            cart_lifetime_days: self.cart_limits.lifetime_days,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}

fn limits(checks: &mut Checks, before: CartLimits, input: Option<CartLimitsInput>) -> CartLimits {
    match input {
        Some(input) => checks.within("cartLimits", |checks| before.apply(checks, input)),
        None => before,
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
