//! A filter whose words were checked and looked up.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::Condition;

use crate::auth::Actor;
use crate::catalog::attribute::Millionths;
use crate::catalog::product::filter::{attribute, condition};
use crate::catalog::product::input::ProductFilter;
use crate::catalog::product::read::ProductSelection;
use crate::channel::Market;
use crate::error::{Error, Result};
use crate::graphql::page::DecimalRange;
use crate::graphql::scalar::Decimal;
use crate::id::AttributeId;
use crate::money::Money;
use crate::text::fold;

const MAX_IDS: usize = 100;
const MAX_WORDS: usize = 100;
const MAX_TAGS: usize = 20;

/// Where a value comes from that shoppers choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Vendor,
    Type,
    Tag,
    Attribute(AttributeId),
}

/// Values of one source any of which will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alternatives {
    Keys(BTreeSet<String>),
    /// Millionths; an absent end is open.
    Numbers(Option<i64>, Option<i64>),
    /// Days as their texts sort; an absent end is open.
    Dates(Option<String>, Option<String>),
}

/// What is wanted of a list's products.
#[derive(Clone, Debug)]
pub struct CheckedFilter {
    /// What no facet is about.
    pub rest: Condition,
    /// Whether that asks about columns of the product itself.
    pub asks_product: bool,
    /// The range in which a price may lie, in minor units.
    pub price: Option<(Option<i64>, Option<i64>)>,
    pub is_available: Option<bool>,
    /// Keys of tags, all of which are wanted.
    pub tags: BTreeSet<String>,
    /// Of each other source one of the values.
    pub sources: BTreeMap<Source, (Alternatives, OfVariants)>,
}

/// Whether the values of a source are those of variants.
pub type OfVariants = bool;

impl CheckedFilter {
    /// Reads a filter; attributes are looked up where it names some.
    pub async fn read(
        db: &impl ConnectionTrait,
        actor: &Actor,
        market: &Market,
        selection: &ProductSelection,
    ) -> Result<Self> {
        let filter = &selection.filter;
        check_lengths(filter)?;
        let (rest, asks_product) = condition::rest(actor, market.scope, selection);
        let mut sources = attribute::read(db, filter.attributes.as_deref().unwrap_or_default()).await?;
        for (source, one, some) in
            [(Source::Vendor, &filter.vendor, &filter.vendors), (Source::Type, &filter.product_type, &filter.types)]
        {
            sources.extend(words(one.as_ref(), some.as_ref()).map(|keys| (source, (Alternatives::Keys(keys), false))));
        }
        let tags = filter.tag.iter().chain(filter.tags.iter().flatten());
        Ok(Self {
            rest,
            asks_product,
            price: filter.price.as_ref().map(|range| price(market, range)).transpose()?,
            is_available: filter.is_available,
            tags: tags.map(|tag| fold(tag)).collect(),
            sources,
        })
    }

    /// All of it, of products joined with their listing.
    pub fn condition(&self, market: &Market) -> Condition {
        condition::all(self, market.scope)
    }
}

fn check_lengths(filter: &ProductFilter) -> Result<()> {
    let lengths = [
        ("ids", filter.ids.as_ref().map_or(0, Vec::len), MAX_IDS),
        ("tags", filter.tags.as_ref().map_or(0, Vec::len), MAX_TAGS),
        ("vendors", filter.vendors.as_ref().map_or(0, Vec::len), MAX_WORDS),
        ("types", filter.types.as_ref().map_or(0, Vec::len), MAX_WORDS),
    ];
    match lengths.into_iter().find(|(_, length, most)| length > most) {
        Some((field, _, most)) => Err(Error::BadInput(format!("filter.{field} holds more than {most} entries."))),
        None => Ok(()),
    }
}

/// The words that will do; where both forms are given, both have to hold.
fn words(one: Option<&String>, some: Option<&Vec<String>>) -> Option<BTreeSet<String>> {
    let some = some.map(|words| words.iter().cloned().collect::<BTreeSet<_>>());
    match (one, some) {
        (Some(one), Some(some)) => Some(some.into_iter().filter(|word| word == one).collect()),
        (Some(one), None) => Some(BTreeSet::from([one.clone()])),
        (None, some) => some,
    }
}

fn price(market: &Market, range: &DecimalRange) -> Result<(Option<i64>, Option<i64>)> {
    let minor = |amount: &Decimal, field: &str| {
        Money::parse(&amount.0, market.currency)
            .map(Money::minor)
            .map_err(|error| Error::BadInput(format!("filter.price.{field}: {error}")))
    };
    let from = range.from.as_ref().map(|amount| minor(amount, "from")).transpose()?;
    let to = range.to.as_ref().map(|amount| minor(amount, "to")).transpose()?;
    Ok((from, to))
}

impl Alternatives {
    /// Whether a value of this key will do.
    pub fn include(&self, key: &str) -> bool {
        match self {
            Self::Keys(keys) => keys.contains(key),
            Self::Numbers(from, to) => Millionths::parse(key).is_ok_and(|Millionths(number)| {
                from.is_none_or(|from| number >= from) && to.is_none_or(|to| number <= to)
            }),
            Self::Dates(from, to) => {
                from.as_deref().is_none_or(|from| key >= from) && to.as_deref().is_none_or(|to| key <= to)
            }
        }
    }
}
