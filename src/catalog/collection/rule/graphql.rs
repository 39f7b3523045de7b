//! The rules of a collection as staff read them, in the form in which they are sent.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::catalog::collection::rule::input::RuleMatch;
use crate::catalog::collection::rule::{Condition, Rules, Span, Word, matching, number};
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::entity::collection;
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{DateTime, Decimal, Money, date_time};

pub struct CollectionRules(Rules);

impl CollectionRules {
    /// The rules of a collection that has some.
    pub fn of(row: &collection::Model) -> Option<Self> {
        matching::read(row.id, row.rules.clone()?).map(Self)
    }
}

/// By what the members of a collection are found.
#[Object]
impl CollectionRules {
    /// Whether a product has to meet all conditions or any of them.
    #[graphql(name = "match")]
    async fn r#match(&self) -> RuleMatch {
        self.0.r#match
    }

    /// What a product has to meet.
    async fn conditions(&self, ctx: &Context<'_>) -> Result<Vec<CollectionCondition>> {
        ctx.admit(self.0.conditions.len())?;
        let market = ctx.market(None).await?;
        Ok(self.0.conditions.iter().map(|condition| CollectionCondition::new(condition, &market)).collect())
    }
}

/// One thing that a product has to meet: the one field that is not null.
#[derive(Default, SimpleObject)]
pub struct CollectionCondition {
    /// Its type is one of these.
    #[graphql(name = "type")]
    r#type: Option<Vec<String>>,
    /// Its vendor is one of these.
    vendor: Option<Vec<String>>,
    /// It has one of these tags.
    tag: Option<Vec<String>>,
    /// Its name begins with this.
    name_begins_with: Option<String>,
    /// Its name contains this.
    name_contains: Option<String>,
    /// Its lowest price in the default channel lies in this range.
    price: Option<CollectionPriceCondition>,
    /// It, or one of its active variants, has one of some values of an attribute.
    attribute_value: Option<CollectionAttributeValueCondition>,
    /// It, or one of its active variants, has a number in a range as value of an attribute.
    attribute_number: Option<CollectionAttributeNumberCondition>,
    /// Whether it can be bought in the default channel.
    is_available: Option<bool>,
    /// It was created in this span of time.
    created_at: Option<CollectionTimeCondition>,
}

/// In which range a price lies.
#[derive(SimpleObject)]
pub struct CollectionPriceCondition {
    /// The least price, included; null if it is open.
    from: Option<Money>,
    /// The greatest price, included; null if it is open.
    to: Option<Money>,
}

/// Which values of an attribute count.
#[derive(SimpleObject)]
pub struct CollectionAttributeValueCondition {
    /// The code of the attribute.
    attribute: String,
    /// The values, one of which counts.
    any_of: Vec<String>,
}

/// In which range the number of an attribute lies.
#[derive(SimpleObject)]
pub struct CollectionAttributeNumberCondition {
    /// The code of the attribute.
    attribute: String,
    /// The least number, included; null if it is open.
    from: Option<Decimal>,
    /// The greatest number, included; null if it is open.
    to: Option<Decimal>,
}

/// In which span of time an instant lies.
#[derive(SimpleObject)]
pub struct CollectionTimeCondition {
    /// The earliest instant, included; null if it is open.
    from: Option<DateTime>,
    /// The latest instant, included; null if it is open.
    to: Option<DateTime>,
}

impl CollectionCondition {
    fn new(condition: &Condition, market: &Market) -> Self {
        let none = Self::default();
        match condition {
            Condition::Type { any_of } => Self { r#type: Some(texts(any_of)), ..none },
            Condition::Vendor { any_of } => Self { vendor: Some(texts(any_of)), ..none },
            Condition::Tag { any_of } => Self { tag: Some(texts(any_of)), ..none },
            Condition::NameBeginsWith { text } => Self { name_begins_with: Some(text.text().to_owned()), ..none },
            Condition::NameContains { text } => Self { name_contains: Some(text.text().to_owned()), ..none },
            Condition::Price(Span { from, to }) => {
                let money = |minor: Option<i64>| minor.map(|minor| market.money(minor).into());
                Self { price: Some(CollectionPriceCondition { from: money(*from), to: money(*to) }), ..none }
            }
            Condition::AttributeValue { attribute, any_of } => {
                let (attribute, any_of) = (attribute.clone(), texts(any_of));
                Self { attribute_value: Some(CollectionAttributeValueCondition { attribute, any_of }), ..none }
            }
            Condition::AttributeNumber { attribute, span } => {
                let decimal = |micro: Option<i64>| micro.map(|micro| Decimal(number::write(micro)));
                let (attribute, from, to) = (attribute.clone(), decimal(span.from), decimal(span.to));
                Self { attribute_number: Some(CollectionAttributeNumberCondition { attribute, from, to }), ..none }
            }
            Condition::Availability { is_available } => Self { is_available: Some(*is_available), ..none },
            Condition::CreatedAt(Span { from, to }) => {
                let instant = |micros: Option<i64>| micros.map(|micros| date_time(Timestamp::from_micros(micros)));
                Self { created_at: Some(CollectionTimeCondition { from: instant(*from), to: instant(*to) }), ..none }
            }
        }
    }
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text().to_owned()).collect()
}
