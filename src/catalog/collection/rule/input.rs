//! What is sent to say by what rules a collection finds its members.

use async_graphql::{Enum, InputObject, OneofObject};
use serde::{Deserialize, Serialize};

use crate::graphql::page::DateTimeRange;
use crate::graphql::page::DecimalRange;
use crate::graphql::scalar::Decimal;

/// How many of its conditions a product has to meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleMatch {
    /// Every one.
    #[default]
    All,
    /// At least one.
    Any,
}

/// By what the members of a collection are found. What is asked for is looked up in the default channel, and texts are
/// compared without regard to case and accents.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionRulesInput {
    /// Whether a product has to meet all conditions or any of them.
    #[graphql(name = "match", default)]
    pub r#match: RuleMatch,
    /// What a product has to meet: 1 to 20 conditions.
    pub conditions: Vec<CollectionConditionInput>,
}

/// One thing that a product has to meet.
#[derive(Clone, Debug, OneofObject)]
pub enum CollectionConditionInput {
    /// Its type is one of these, at most 50.
    Type(Vec<String>),
    /// Its vendor is one of these, at most 50.
    Vendor(Vec<String>),
    /// It has one of these tags, at most 50.
    Tag(Vec<String>),
    /// Its name begins with this.
    NameBeginsWith(String),
    /// Its name contains this.
    NameContains(String),
    /// Its lowest price lies in this range, in the currency of the default channel; what has no price does not.
    Price(DecimalRange),
    /// It, or one of its active variants, has one of some values of an attribute.
    AttributeValue(CollectionAttributeValueInput),
    /// It, or one of its active variants, has a number in a range as value of an attribute.
    AttributeNumber(CollectionAttributeNumberInput),
    /// Whether it can be bought: an active variant has a price and units to sell.
    IsAvailable(bool),
    /// It was created in this span of time.
    CreatedAt(DateTimeRange),
}

/// Which values of an attribute a product may have.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionAttributeValueInput {
    /// The code of the attribute.
    pub attribute: String,
    /// The values, one of which it must have, at most 50: of choices and colours their slugs, `true` or `false`, days such
    /// as `2026-03-01`, the ids of references, and texts and numbers as they are.
    pub any_of: Vec<String>,
}

/// In which range the number lies that a product has of an attribute.
#[derive(Clone, Debug, InputObject)]
pub struct CollectionAttributeNumberInput {
    /// The code of the attribute, which is one of numbers.
    pub attribute: String,
    /// The least number, included.
    pub from: Option<Decimal>,
    /// The greatest number, included.
    pub to: Option<Decimal>,
}
