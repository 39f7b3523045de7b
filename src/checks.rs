//! What the texts of any input have to keep to; every mistake of an input is told at once.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use url::Url;

use crate::error::{Problems, UserError};
use crate::graphql::scalar::{CurrencyCode, Decimal, MetadataEntryInput, MoneyInput, SeoInput};
use crate::money::{Currency, Money};
use crate::patch::Patch;
use crate::pricing::{Amount, Amounts, Rate};
use crate::text::{SLUG_LENGTH, Slug, sanitize_html};

/// The longest name, in characters.
pub const NAME_LENGTH: usize = 200;
/// The longest HTML text, in bytes.
pub const HTML_LENGTH: usize = 100_000;
/// The longest address, in bytes.
const URL_LENGTH: usize = 2_000;
const EXTERNAL_ID_LENGTH: usize = 100;
const METADATA_ENTRIES: usize = 50;
const METADATA_KEY_LENGTH: usize = 100;
const METADATA_VALUE_LENGTH: usize = 5_000;

/// Collects what is wrong with an input while turning its texts into what is stored.
pub struct Checks {
    problems: Problems,
    /// Where in the arguments the input lies.
    root: String,
}

impl Checks {
    pub fn new(root: impl Into<String>) -> Self {
        Self { problems: Problems::default(), root: root.into() }
    }

    pub fn path(&self, field: &str) -> String {
        let dot = if self.root.is_empty() || field.is_empty() { "" } else { "." };
        format!("{}{dot}{field}", self.root)
    }

    pub fn push(&mut self, error: UserError) {
        self.problems.push(error);
    }

    /// Runs checks of a part of the input, at its place.
    pub fn within<T>(&mut self, field: &str, check: impl FnOnce(&mut Self) -> T) -> T {
        let path = self.path(field);
        let outer = std::mem::replace(&mut self.root, path);
        let result = check(self);
        self.root = outer;
        result
    }

    pub fn finish(self) -> crate::error::Result<()> {
        self.problems.into_result()
    }

    /// A text that must not be empty.
    pub fn name(&mut self, field: &str, text: &str, what: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.push(UserError::required(self.path(field), what));
        }
        self.length(field, text, what, NAME_LENGTH);
        text.to_owned()
    }

    /// A text that is nothing if it is empty.
    pub fn optional(&mut self, field: &str, text: Option<String>, what: &str, limit: usize) -> Option<String> {
        let text = text?.trim().to_owned();
        self.length(field, &text, what, limit);
        Some(text).filter(|text| !text.is_empty())
    }

    pub fn external_id(&mut self, text: Option<String>) -> Option<String> {
        self.optional("externalId", text, "The external id", EXTERNAL_ID_LENGTH)
    }

    pub fn html(&mut self, field: &str, html: &str) -> String {
        if html.len() > HTML_LENGTH {
            self.push(UserError::too_long(self.path(field), "The description", HTML_LENGTH));
            return String::new();
        }
        sanitize_html(html).trim().to_owned()
    }

    /// The slug that is given, or one made of the name.
    pub fn slug(&mut self, slug: Option<&str>, name: &str) -> String {
        self.word("slug", slug, name)
    }

    pub fn given_slug(&mut self, slug: &str) -> String {
        self.given_word("slug", slug)
    }

    /// A text in the form of a slug under another name, or one made of the name.
    pub fn word(&mut self, field: &str, word: Option<&str>, name: &str) -> String {
        match word {
            Some(word) => self.given_word(field, word),
            None => Slug::from_name(name).map(Slug::into_string).unwrap_or_else(|| {
                if !name.is_empty() {
                    let message = format!("No {field} can be made of this name; give one.");
                    self.push(UserError::required(self.path(field), "").with_message(message));
                }
                String::new()
            }),
        }
    }

    pub fn given_word(&mut self, field: &str, word: &str) -> String {
        if word.len() > SLUG_LENGTH {
            self.push(UserError::too_long(self.path(field), &format!("The {field}"), SLUG_LENGTH));
        } else if Slug::parse(word).is_none() {
            let message =
                format!("A {field} is made of lower-case letters a to z, digits, and single hyphens between them.");
            self.push(UserError::invalid(self.path(field), message));
        }
        word.to_owned()
    }

    /// An address of the web, or one of our own that begins with a slash.
    pub fn url(&mut self, field: &str, url: &str) -> String {
        let url = url.trim();
        if url.is_empty() {
            self.push(UserError::required(self.path(field), "An address"));
        } else if url.len() > URL_LENGTH {
            self.push(UserError::too_long(self.path(field), "The address", URL_LENGTH));
        } else if !is_web_address(url) {
            let message = "An address begins with https://, http:// or a slash.";
            self.push(UserError::invalid(self.path(field), message));
        }
        url.to_owned()
    }

    pub fn seo(&mut self, seo: Option<SeoInput>) -> (Option<String>, Option<String>) {
        let Some(seo) = seo else { return (None, None) };
        self.within("seo", |checks| {
            (
                checks.optional("title", seo.title, "The title", NAME_LENGTH),
                checks.optional("description", seo.description, "The description", 500),
            )
        })
    }

    /// A price that is not below zero.
    pub fn price(&mut self, field: &str, amount: &Decimal, currency: Currency) -> i64 {
        match Money::parse(&amount.0, currency) {
            Ok(money) if money.minor() >= 0 => money.minor(),
            Ok(_) => {
                self.push(UserError::invalid(self.path(field), "A price is not below zero."));
                0
            }
            Err(error) => {
                self.push(UserError::invalid(self.path(field), error.to_string()));
                0
            }
        }
    }

    /// A percentage from zero to `most` with up to four decimal places.
    pub fn percentage(&mut self, field: &str, percentage: &Decimal, most: Rate) -> Rate {
        match Rate::parse_percentage(&percentage.0) {
            Some(rate) if rate <= most => rate,
            _ => {
                let message = format!("A percentage here is from 0 to {most}, with at most four decimal places.");
                self.push(UserError::invalid(self.path(field), message));
                Rate::ZERO
            }
        }
    }

    /// Amounts that are not below zero, at most one of each currency and at least one.
    pub fn amounts(&mut self, field: &str, amounts: &[MoneyInput]) -> Amounts {
        if amounts.is_empty() {
            self.push(UserError::required(self.path(field), "An amount"));
        }
        let mut seen = BTreeSet::new();
        let mut checked = Vec::new();
        for (index, MoneyInput { amount, currency: CurrencyCode(code) }) in amounts.iter().enumerate() {
            self.within(&format!("{field}.{index}"), |checks| {
                if !seen.insert(code) {
                    let message = format!("There are two amounts in {code}.");
                    checks.push(UserError::taken(checks.path("currency"), message));
                }
                if let Some(currency) = Currency::from_code(code) {
                    checked.push((currency, Amount::new(checks.price("amount", amount, currency))));
                }
            });
        }
        checked.into_iter().collect()
    }

    /// The new value of a field that cannot be cleared; `None` keeps what is there.
    pub fn needed<T>(&mut self, field: &str, patch: Patch<T>) -> Option<T> {
        match patch {
            Patch::Set(value) => Some(value),
            Patch::Keep => None,
            Patch::Clear => {
                let message = "This cannot be cleared; leave the field out to keep its value.";
                self.push(UserError::required(self.path(field), "").with_message(message));
                None
            }
        }
    }

    /// The entries after an update.
    pub fn metadata_after(&mut self, field: &str, patch: Patch<Vec<MetadataEntryInput>>, before: Value) -> Value {
        patch.into_change().map_or(before, |entries| self.metadata(field, entries))
    }

    pub fn metadata(&mut self, field: &str, entries: Vec<MetadataEntryInput>) -> Value {
        let mut document = Map::new();
        let mut keys = BTreeSet::new();
        if entries.len() > METADATA_ENTRIES {
            self.push(UserError::too_long(self.path(field), "The list of entries", METADATA_ENTRIES));
        }
        for (index, MetadataEntryInput { key, value }) in entries.into_iter().enumerate() {
            self.within(&format!("{field}.{index}"), |checks| {
                if key.is_empty() {
                    checks.push(UserError::required(checks.path("key"), "A key"));
                }
                checks.length("key", &key, "The key", METADATA_KEY_LENGTH);
                checks.length("value", &value, "The value", METADATA_VALUE_LENGTH);
                if !keys.insert(key.clone()) {
                    checks.push(UserError::taken(checks.path("key"), format!("The key \"{key}\" is there twice.")));
                }
            });
            document.insert(key, Value::String(value));
        }
        Value::Object(document)
    }

    fn length(&mut self, field: &str, text: &str, what: &str, limit: usize) {
        if text.chars().count() > limit {
            self.push(UserError::too_long(self.path(field), what, limit));
        }
    }
}

fn is_web_address(url: &str) -> bool {
    if url.starts_with('/') {
        return !url.starts_with("//");
    }
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
