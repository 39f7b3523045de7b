//! What rules ask of a product, and whether its facts meet it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::catalog::collection::rule::input::RuleMatch;
use crate::clock::Timestamp;
use crate::text::fold;

/// The rules of a collection, as they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub r#match: RuleMatch,
    pub conditions: Vec<Condition>,
}

/// One thing that is asked of a product. Texts are compared without regard to case and accents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Condition {
    Type {
        any_of: Vec<Word>,
    },
    Vendor {
        any_of: Vec<Word>,
    },
    Tag {
        any_of: Vec<Word>,
    },
    NameBeginsWith {
        text: Word,
    },
    NameContains {
        text: Word,
    },
    /// The lowest price in minor units; what has no price lies in no range.
    Price(Span),
    AttributeValue {
        attribute: String,
        any_of: Vec<Word>,
    },
    /// A number in millionths.
    AttributeNumber {
        attribute: String,
        #[serde(flatten)]
        span: Span,
    },
    Availability {
        is_available: bool,
    },
    /// The instant of creation in microseconds.
    CreatedAt(Span),
}

/// A text, and the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Word {
    text: String,
    key: String,
}

/// Both ends are included; an absent one is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

/// What is known of a product, in the default channel where that matters. Texts are folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub type_key: Option<String>,
    pub vendor_key: Option<String>,
    pub tag_keys: Vec<String>,
    pub name_key: String,
    /// `None` where nothing has a price.
    pub lowest_minor: Option<i64>,
    pub is_available: bool,
    pub created_at: Timestamp,
    /// The values of each attribute, by its code.
    pub attributes: HashMap<String, Vec<Value>>,
}

/// A value of an attribute: by what it is found, and in millionths if it is a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub key: String,
    pub micro: Option<i64>,
}

impl Rules {
    /// Whether a product belongs to the collection.
    pub fn matches(&self, facts: &Facts) -> bool {
        let mut conditions = self.conditions.iter();
        match self.r#match {
            RuleMatch::All => conditions.all(|condition| condition.holds(facts)),
            RuleMatch::Any => conditions.any(|condition| condition.holds(facts)),
        }
    }

    pub fn ask_for_tags(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition, Condition::Tag { .. }))
    }

    pub fn ask_for_attributes(&self) -> bool {
        use Condition::{AttributeNumber, AttributeValue};
        self.conditions.iter().any(|condition| matches!(condition, AttributeValue { .. } | AttributeNumber { .. }))
    }
}

impl Condition {
    fn holds(&self, facts: &Facts) -> bool {
        match self {
            Self::Type { any_of } => is_among(facts.type_key.as_ref(), any_of),
            Self::Vendor { any_of } => is_among(facts.vendor_key.as_ref(), any_of),
            Self::Tag { any_of } => is_among(&facts.tag_keys, any_of),
            Self::NameBeginsWith { text } => facts.name_key.starts_with(&text.key),
            Self::NameContains { text } => facts.name_key.contains(&text.key),
            Self::Price(span) => facts.lowest_minor.is_some_and(|price| span.contains(price)),
            Self::AttributeValue { attribute, any_of } => {
                facts.values(attribute).any(|value| any_of.iter().any(|word| word.names(&value.key)))
            }
            Self::AttributeNumber { attribute, span } => {
                facts.values(attribute).filter_map(|value| value.micro).any(|micro| span.contains(micro))
            }
            Self::Availability { is_available } => facts.is_available == *is_available,
            Self::CreatedAt(span) => span.contains(facts.created_at.as_micros()),
        }
    }
}

fn is_among<'a>(keys: impl IntoIterator<Item = &'a String>, words: &[Word]) -> bool {
    keys.into_iter().any(|key| words.iter().any(|word| word.key == *key))
}

impl Facts {
    fn values(&self, attribute: &str) -> impl Iterator<Item = &Value> {
        self.attributes.get(attribute).into_iter().flatten()
    }
}

impl Word {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Nothing is left of it that could be compared.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }

    /// Keys of values are folded or not, as their type has it.
    fn names(&self, key: &str) -> bool {
        key == self.text || key == self.key
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self { key: fold(&text), text }
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.text
    }
}

impl Span {
    pub fn contains(self, value: i64) -> bool {
        self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to)
    }
}

#[cfg(test)]
mod tests;
