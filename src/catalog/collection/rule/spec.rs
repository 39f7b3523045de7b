//! Rules as they are sent, checked and turned into those that are stored.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::LockType;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;

use crate::catalog::collection::rule::condition::{Condition, Rules, Span, Word};
use crate::catalog::collection::rule::input::{
    CollectionAttributeNumberInput, CollectionAttributeValueInput, CollectionConditionInput, CollectionRulesInput,
};
use crate::catalog::collection::rule::number;
use crate::channel;
use crate::checks::{Checks, NAME_LENGTH};
use crate::entity::attribute;
use crate::entity::attribute_type::AttributeType;
use crate::error::{Error, Result, UserError};
use crate::graphql::page::DateTimeRange;
use crate::graphql::page::DecimalRange;
use crate::graphql::scalar::Decimal;
use crate::money::Currency;

const MAX_CONDITIONS: usize = 20;
const MAX_TEXTS: usize = 50;

/// Rules as they were sent, with what they refer to: the money of the default channel, and the attributes that they name.
pub struct GivenRules {
    input: CollectionRulesInput,
    ground: Ground,
}

struct Ground {
    currency: Currency,
    attributes: HashMap<String, AttributeType>,
}

impl GivenRules {
    pub async fn find(tx: &DatabaseTransaction, input: CollectionRulesInput) -> Result<Self> {
        let market = channel::find(tx, None).await?.ok_or_else(|| Error::internal("there is no default channel"))?;
        let codes: BTreeSet<&str> = input.conditions.iter().take(MAX_CONDITIONS).filter_map(code).collect();
        let rows = if codes.is_empty() {
            Vec::new()
        } else {
            // They stay as they are until the rules that name them are there.
            let named = attribute::Entity::find().filter(attribute::COLUMN.code.is_in(codes));
            named.order_by_asc(attribute::Column::Id).lock(LockType::Share).all(tx).await?
        };
        let attributes = rows.into_iter().map(|row| (row.code, row.r#type)).collect();
        Ok(Self { input, ground: Ground { currency: market.currency, attributes } })
    }

    /// The rules as they are stored, from the field `rules` of an input.
    pub fn read(self, checks: &mut Checks) -> Value {
        let Self { input, ground } = self;
        let rules = checks.within("rules", |checks| {
            let count = input.conditions.len();
            if count == 0 {
                checks.push(UserError::required(checks.path("conditions"), "At least one condition"));
            } else if count > MAX_CONDITIONS {
                let list = "The list of conditions";
                checks.push(UserError::too_long(checks.path("conditions"), list, MAX_CONDITIONS));
            }
            let conditions = input.conditions.into_iter().take(MAX_CONDITIONS).enumerate();
            let read = |(index, condition)| {
                checks.within(&format!("conditions.{index}"), |checks| ground.condition(checks, condition))
            };
            Rules { r#match: input.r#match, conditions: conditions.map(read).collect() }
        });
        // Texts, numbers and lists always have a JSON form.
        serde_json::to_value(rules).unwrap_or_default()
    }
}

impl Ground {
    fn condition(&self, checks: &mut Checks, input: CollectionConditionInput) -> Condition {
        use CollectionConditionInput as Input;
        match input {
            Input::Type(texts) => Condition::Type { any_of: words(checks, "type", texts) },
            Input::Vendor(texts) => Condition::Vendor { any_of: words(checks, "vendor", texts) },
            Input::Tag(texts) => Condition::Tag { any_of: words(checks, "tag", texts) },
            Input::NameBeginsWith(text) => Condition::NameBeginsWith { text: word(checks, "nameBeginsWith", text) },
            Input::NameContains(text) => Condition::NameContains { text: word(checks, "nameContains", text) },
            Input::Price(range) => Condition::Price(self.price(checks, range)),
            Input::AttributeValue(input) => {
                checks.within("attributeValue", |checks| self.attribute_value(checks, input))
            }
            Input::AttributeNumber(input) => {
                checks.within("attributeNumber", |checks| self.attribute_number(checks, input))
            }
            Input::IsAvailable(is_available) => Condition::Availability { is_available },
            Input::CreatedAt(DateTimeRange { from, to }) => {
                let micros = |instant: crate::graphql::scalar::DateTime| instant.0.as_micros();
                Condition::CreatedAt(span(checks, "createdAt", from.map(micros), to.map(micros)))
            }
        }
    }

    fn price(&self, checks: &mut Checks, DecimalRange { from, to }: DecimalRange) -> Span {
        let (from, to) = checks.within("price", |checks| {
            let mut minor = |field: &str, amount: Option<Decimal>| Some(checks.price(field, &amount?, self.currency));
            (minor("from", from), minor("to", to))
        });
        span(checks, "price", from, to)
    }

    fn attribute_value(&self, checks: &mut Checks, input: CollectionAttributeValueInput) -> Condition {
        let CollectionAttributeValueInput { attribute, any_of } = input;
        let r#type = self.known(checks, &attribute);
        let any_of = words(checks, "anyOf", any_of);
        // A number has one way to be written under which it is found.
        let plain = |word: Word| match number::parse(word.text()) {
            Some(micro) => Word::from(number::write(micro)),
            None => word,
        };
        let any_of = match r#type {
            Some(AttributeType::Number) => any_of.into_iter().map(plain).collect(),
            _ => any_of,
        };
        Condition::AttributeValue { attribute, any_of }
    }

    fn attribute_number(&self, checks: &mut Checks, input: CollectionAttributeNumberInput) -> Condition {
        let CollectionAttributeNumberInput { attribute, from, to } = input;
        if self.known(checks, &attribute).is_some_and(|r#type| r#type != AttributeType::Number) {
            let message = format!("The values of the attribute \"{attribute}\" are no numbers.");
            checks.push(UserError::invalid(checks.path("attribute"), message));
        }
        let mut micro = |field: &str, number: Option<Decimal>| {
            let micro = number::parse(&number?.0);
            if micro.is_none() {
                let message = "A number has at most six decimal places and twelve digits before them.";
                checks.push(UserError::invalid(checks.path(field), message));
            }
            micro
        };
        let (is_open, from, to) = (from.is_none() && to.is_none(), micro("from", from), micro("to", to));
        let span = if is_open { span(checks, "", None, None) } else { ordered(checks, "", Span { from, to }) };
        Condition::AttributeNumber { attribute, span }
    }

    fn known(&self, checks: &mut Checks, code: &str) -> Option<AttributeType> {
        let r#type = self.attributes.get(code).copied();
        if r#type.is_none() {
            checks.push(UserError::not_found(checks.path("attribute"), "attribute"));
        }
        r#type
    }
}

/// The attribute that a condition names.
fn code(condition: &CollectionConditionInput) -> Option<&str> {
    match condition {
        CollectionConditionInput::AttributeValue(condition) => Some(&condition.attribute),
        CollectionConditionInput::AttributeNumber(condition) => Some(&condition.attribute),
        _ => None,
    }
}

fn words(checks: &mut Checks, field: &str, texts: Vec<String>) -> Vec<Word> {
    if texts.is_empty() {
        checks.push(UserError::required(checks.path(field), "At least one text"));
    } else if texts.len() > MAX_TEXTS {
        checks.push(UserError::too_long(checks.path(field), "The list of texts", MAX_TEXTS));
        return Vec::new();
    }
    let texts = texts.into_iter().enumerate();
    texts.map(|(index, text)| word(checks, &format!("{field}.{index}"), text)).collect()
}

fn word(checks: &mut Checks, field: &str, text: String) -> Word {
    let text = checks.optional(field, Some(text), "The text", NAME_LENGTH).unwrap_or_default();
    let word = Word::from(text);
    if word.is_empty() {
        checks.push(UserError::required(checks.path(field), "A text"));
    }
    word
}

/// A range that has an end.
fn span(checks: &mut Checks, field: &str, from: Option<i64>, to: Option<i64>) -> Span {
    if from.is_none() && to.is_none() {
        checks.push(UserError::required(checks.path(field), "At least one end of the range"));
    }
    ordered(checks, field, Span { from, to })
}

fn ordered(checks: &mut Checks, field: &str, span: Span) -> Span {
    if let (Some(from), Some(to)) = (span.from, span.to)
        && from > to
    {
        checks.push(UserError::invalid(checks.path(field), "The range ends before it begins."));
    }
    span
}
