//! Why something costs what it costs, and what more units cost, as shoppers read it.

use async_graphql::{Enum, ID, SimpleObject};

use crate::catalog::offer::{Offer, Tier};
use crate::channel::Market;
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::{DateTime, Money, date_time};
use crate::money;
use crate::pricing::Amount;

/// What makes a price another than the base price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PriceReasonKind {
    /// A promotion makes it cheaper.
    Promotion,
    /// A price list has a price of its own for the reader.
    PriceList,
}

/// Why a variant costs something else than its base price. Where a promotion makes the price of a price list cheaper, it
/// is the reason.
#[derive(SimpleObject)]
pub struct PriceReason {
    /// What kind of reason it is.
    kind: PriceReasonKind,
    /// The id of the promotion or price list, by which equal reasons are known.
    id: ID,
    /// The name of the promotion or price list.
    name: String,
    /// What the promotion says of itself; null if it says nothing, and for a price list.
    description: Option<String>,
    /// The first instant at which the reason does not hold any more; null if it has no end.
    ends_at: Option<DateTime>,
}

impl PriceReason {
    /// `None` where it is the base price.
    pub fn of(offer: &Offer) -> Option<Self> {
        if let Some(promotion) = &offer.promotion {
            let description = Some(&promotion.description).filter(|text| !text.is_empty());
            return Some(Self {
                kind: PriceReasonKind::Promotion,
                id: promotion.rule.id.into(),
                name: promotion.name.clone(),
                description: description.cloned(),
                ends_at: promotion.rule.ends_at.map(date_time),
            });
        }
        let (list, _) = offer.list.as_ref()?;
        Some(Self {
            kind: PriceReasonKind::PriceList,
            id: list.id.into(),
            name: list.name.clone(),
            description: None,
            ends_at: list.ends_at.map(date_time),
        })
    }
}

/// What each unit costs from a number of units on.
#[derive(SimpleObject)]
pub struct QuantityPrice {
    /// From how many units of the variant on, at least 2.
    from_quantity: i32,
    /// What each of them costs then.
    price: Money,
}

impl QuantityPrice {
    pub fn new(tier: Tier, market: &Market) -> Self {
        let from_quantity = i32::try_from(tier.from_quantity).unwrap_or(i32::MAX);
        Self { from_quantity, price: market.money(tier.price.minor()).into() }
    }
}

/// The span of a product's prices.
#[derive(SimpleObject)]
pub struct PriceRange {
    /// The price of the cheapest variant.
    lowest: Prompted<Money>,
    /// The price of the dearest variant.
    highest: Prompted<Money>,
}

impl PriceRange {
    pub fn of((lowest, highest): (Amount, Amount), market: &Market) -> Self {
        Self::new(market.money(lowest.minor()), market.money(highest.minor()))
    }

    pub fn new(lowest: money::Money, highest: money::Money) -> Self {
        Self { lowest: Prompted(lowest.into()), highest: Prompted(highest.into()) }
    }
}

impl Prompt for PriceRange {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}
