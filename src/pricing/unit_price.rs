//! What a unit costs before anything looks at the rest of the basket.

use crate::id::{PriceListId, PromotionId};
use crate::pricing::catalogue::Catalogue;
use crate::pricing::price_list::Quantities;
use crate::pricing::{Amount, Line, PromotionEffect, TooLarge};

/// The price of a line's unit and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnitPrice {
    pub list: Option<PriceListId>,
    pub catalogue: Option<PromotionId>,
    /// After the price list.
    pub before: Amount,
    /// After the promotion of the catalogue too.
    pub price: Amount,
}

impl UnitPrice {
    pub fn all(lines: &[Line], catalogue: &Catalogue) -> Result<Vec<Self>, TooLarge> {
        let quantities = Quantities::of(lines)?;
        let price = |line: &Line| {
            let list = quantities.list_price(line);
            let before = list.map_or(line.base, |(_, price)| price);
            let best = catalogue.price(before, &line.subject)?;
            let price = best.map_or(before, |(_, price)| price);
            Ok(Self { list: list.map(|(list, _)| list), catalogue: best.map(|(id, _)| id), before, price })
        };
        lines.iter().map(price).collect()
    }

    /// What each promotion of the catalogue gave, in their order.
    pub fn effects(prices: &[Self], lines: &[Line], catalogue: &Catalogue) -> Result<Vec<PromotionEffect>, TooLarge> {
        let mut effects = Vec::new();
        for promotion in catalogue.promotions() {
            let of_it = prices.iter().zip(lines).filter(|(price, _)| price.catalogue == Some(promotion));
            let mut off = of_it.map(|(price, line)| price.before.minus(price.price)?.times(line.quantity)).peekable();
            if off.peek().is_some() {
                let items = off.try_fold(Amount::ZERO, |sum, amount| sum.plus(amount?))?;
                effects.push(PromotionEffect { items, ..PromotionEffect::none(promotion) });
            }
        }
        Ok(effects)
    }
}

impl PromotionEffect {
    pub(super) fn none(promotion: PromotionId) -> Self {
        Self { promotion, items: Amount::ZERO, order: Amount::ZERO, shipping: Amount::ZERO, gifts: 0 }
    }
}
