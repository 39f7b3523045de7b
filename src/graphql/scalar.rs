//! Scalars and small value types that every capability shares.

use async_graphql::{Enum, InputObject, InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use chrono::{NaiveDate, SecondsFormat};
use iso_currency::Country;
use serde_json::Map;

use crate::clock::Timestamp;
use crate::graphql::prompt::Prompt;
use crate::money::{self, Currency};
use crate::pricing::{Amount, Amounts, Rate, Taxed};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

/// An instant in RFC 3339, such as `2026-03-01T12:30:00Z`. Answers are in UTC; input may have any offset.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let instant = match &value {
            Value::String(text) => chrono::DateTime::parse_from_rfc3339(text).ok(),
            _ => None,
        };
        instant.map(|instant| Self(instant.to_utc().into())).ok_or_else(|| {
            InputValueError::custom("An instant is written as RFC 3339 has it, such as \"2026-03-01T12:30:00Z\".")
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// The instant of a row for the API.
pub const fn date_time(timestamp: Timestamp) -> DateTime {
    DateTime(timestamp)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub NaiveDate);

impl Date {
    /// Reads a day as ISO 8601 writes it, with four digits of the year so that days sort as texts.
    pub fn from_text(text: &str) -> Option<Self> {
        let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
        (day.to_string() == text).then_some(Self(day))
    }
}

/// A day of the calendar in ISO 8601, such as `2026-03-01`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let day = match &value {
            Value::String(text) => Self::from_text(text),
            _ => None,
        };
        day.ok_or_else(|| InputValueError::custom("A day is written as year, month and day, such as \"2026-03-01\"."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(pub String);

/// An exact decimal number, written as a string such as `"12.50"` so that no client rounds it. Input may be a string or
/// a whole number.
#[Scalar(specified_by_url = "https://www.w3.org/TR/xmlschema-2/#decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => check_decimal(&text).map(|()| Self(text)).map_err(InputValueError::custom),
            Value::Number(number) if number.is_i64() => Ok(Self(number.to_string())),
            Value::Number(_) => Err(InputValueError::custom(DECIMAL_AS_STRING)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

const DECIMAL_AS_STRING: &str = "A decimal number is written as a string, such as \"12.50\".";

fn check_decimal(text: &str) -> Result<(), &'static str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut parts = unsigned.splitn(2, '.');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() <= 40 && parts.all(digits) { Ok(()) } else { Err(DECIMAL_AS_STRING) }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyCode(pub String);

/// A currency by its three letters in ISO 4217, such as `USD`.
#[Scalar(specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if Currency::from_code(&text).is_some() => Ok(Self(text)),
            _ => Err(InputValueError::custom("A currency is given by its three letters in ISO 4217, such as \"USD\".")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCode(pub String);

/// A country by its two letters in ISO 3166-1, such as `US`.
#[Scalar(specified_by_url = "https://www.iso.org/iso-3166-country-codes.html")]
impl ScalarType for CountryCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if is_country(&text) => Ok(Self(text)),
            _ => Err(InputValueError::custom("A country is given by its two letters in ISO 3166-1, such as \"US\".")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// One of the list of ISO 3166-1, which also knows a country without a name.
fn is_country(text: &str) -> bool {
    !text.is_empty() && text.parse::<Country>().is_ok()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageCode(pub String);

/// A language by its tag in BCP 47: two or three letters and, where it matters, the region, such as `en` or `pt-BR`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/info/bcp47")]
impl ScalarType for LanguageCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if is_language(&text) => Ok(Self(text)),
            _ => Err(InputValueError::custom("A language is given by its tag, such as \"en\" or \"pt-BR\".")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

fn is_language(text: &str) -> bool {
    let (language, region) = text.split_once('-').map_or((text, None), |(language, region)| (language, Some(region)));
    let is_known_area = |region: &str| region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.is_none_or(|region| is_country(region) || is_known_area(region))
}

/// An amount of money.
#[derive(SimpleObject)]
pub struct Money {
    /// The amount, with exactly the currency's number of decimal places.
    amount: Decimal,
    /// The currency.
    currency: CurrencyCode,
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { amount: Decimal(money.to_string()), currency: CurrencyCode(money.currency().code().to_owned()) }
    }
}

impl Money {
    /// An amount of each currency of those that were entered.
    pub fn list(amounts: &Amounts) -> Vec<Self> {
        let known = amounts.iter().filter_map(|(code, amount)| Some((Currency::from_code(code)?, amount)));
        known.map(|(currency, amount)| money::Money::from_minor(amount.minor(), currency).into()).collect()
    }
}

/// An amount of money with its currency.
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// The amount, with at most the currency's number of decimal places.
    pub amount: Decimal,
    /// The currency.
    pub currency: CurrencyCode,
}

/// An amount with its tax: `net` and `tax` add up to `gross`.
#[derive(SimpleObject)]
pub struct TaxedMoney {
    /// Without tax.
    net: Money,
    /// The tax.
    tax: Money,
    /// With tax.
    gross: Money,
}

impl TaxedMoney {
    pub fn new(currency: Currency, taxed: Taxed) -> Self {
        let money = |amount: Amount| Money::from(money::Money::from_minor(amount.minor(), currency));
        Self { net: money(taxed.net), tax: money(taxed.tax), gross: money(taxed.gross) }
    }
}

impl From<Rate> for Decimal {
    /// The percentage.
    fn from(rate: Rate) -> Self {
        Self(rate.to_string())
    }
}

impl Prompt for TaxedMoney {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

impl Prompt for Money {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum)]
pub enum SortDirection {
    /// From the smallest, the first of the alphabet, the oldest.
    #[default]
    Asc,
    /// From the greatest, the last of the alphabet, the newest.
    Desc,
}

/// How an object presents itself to search engines; null means its name or description serves.
#[derive(SimpleObject)]
pub struct Seo {
    /// The title of the page.
    pub title: Option<String>,
    /// The text under the title in a list of results.
    pub description: Option<String>,
}

/// How an object presents itself to search engines. Both texts are replaced; an absent one is cleared.
#[derive(Clone, Debug, InputObject)]
pub struct SeoInput {
    /// The title of the page, at most 200 characters.
    pub title: Option<String>,
    /// The text under the title in a list of results, at most 500 characters.
    pub description: Option<String>,
}

/// A value that the shop or its other systems keep on an object under a name.
#[derive(SimpleObject)]
pub struct MetadataEntry {
    /// The name, unique on the object.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A value to keep on an object under a name.
#[derive(Clone, Debug, InputObject)]
pub struct MetadataEntryInput {
    /// The name, at most 100 characters and unique in the list.
    pub key: String,
    /// The value, at most 5,000 characters.
    pub value: String,
}

/// The entries of a stored document.
pub fn metadata(document: &serde_json::Value) -> Vec<MetadataEntry> {
    let entries = document.as_object().into_iter().flat_map(Map::iter);
    entries
        .filter_map(|(key, value)| Some(MetadataEntry { key: key.clone(), value: value.as_str()?.to_owned() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_a_string_or_a_whole_number() {
        assert!(Decimal::parse(Value::from("12.50")).is_ok());
        assert!(Decimal::parse(Value::from(12)).is_ok());
        for wrong in [Value::from(12.5), Value::from("1,5"), Value::from(""), Value::from("1."), Value::from(true)] {
            assert!(Decimal::parse(wrong).is_err());
        }
    }

    #[test]
    fn a_country_is_one_of_the_list() {
        for code in ["US", "JP", "KW", "AD", "ZW", "SS", "XX", "EU", "UK", "AN", "us", "USA", ""] {
            let is_there = ["US", "JP", "KW", "AD", "ZW", "SS"].contains(&code);
            assert_eq!(CountryCode::parse(Value::from(code)).is_ok(), is_there, "{code}");
        }
        let letters = || 'A'..='Z';
        let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
        assert_eq!(pairs.filter(|code| is_country(code)).count(), 249);
    }

    #[test]
    fn a_language_is_a_tag_with_or_without_a_region() {
        for tag in ["en", "pt-BR", "es-419", "fil", "fil-PH"] {
            assert!(LanguageCode::parse(Value::from(tag)).is_ok(), "{tag}");
        }
        for wrong in ["", "e", "EN", "english", "en-", "en-us", "en-XX", "en-US-x", "-US", "en_US", "en-41", "en-4190"]
        {
            assert!(LanguageCode::parse(Value::from(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_has_one_way_to_be_written() {
        assert!(Date::parse(Value::from("2024-02-29")).is_ok());
        for wrong in ["2023-02-29", "2026-3-1", "20260301", "+2026-3-01", "12026-03-01", "2026-03-01T00:00:00Z", ""] {
            assert!(Date::parse(Value::from(wrong)).is_err(), "{wrong}");
        }
    }
}
