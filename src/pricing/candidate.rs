//! The promotions of a basket whose conditions can be met.

use crate::pricing::effect::{Class, Effect, Step};
use crate::pricing::selector::Selector;
use crate::pricing::{Amount, Amounts, Basket, Conditions, Promotion, Span, TooLarge};

/// A promotion that applies if what is left of the lines is enough: everything else about it holds.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub promotion: &'a Promotion,
    pub effect: Effect<'a>,
    /// What the units have to cost, and the lines that they are of.
    subtotal: Span<Amount>,
    counted: Vec<usize>,
}

impl<'a> Candidate<'a> {
    /// The candidates in the order in which they are evaluated; one that is named twice counts once.
    pub fn all(basket: &'a Basket) -> Result<Vec<Self>, TooLarge> {
        let mut candidates = Vec::with_capacity(basket.promotions.len());
        for promotion in &basket.promotions {
            candidates.extend(Self::new(promotion, basket)?);
        }
        candidates.sort_by_key(Self::order);
        candidates.dedup_by_key(|candidate| candidate.promotion.id);
        Ok(candidates)
    }

    fn new(promotion: &'a Promotion, basket: &'a Basket) -> Result<Option<Self>, TooLarge> {
        let conditions = &promotion.conditions;
        let is_open = promotion.is_open_to(basket.standpoint());
        if !is_open || (conditions.is_first_order && !basket.buyer.is_first_order) {
            return Ok(None);
        }
        let Some(subtotal) = conditions.subtotal(basket) else { return Ok(None) };
        let Some(effect) = Effect::new(&promotion.action, basket) else { return Ok(None) };

        let counted = Selector::new(&conditions.items).lines(&basket.lines);
        let is_enough = conditions.are_enough(basket, &counted)?;
        Ok(is_enough.then_some(Self { promotion, effect, subtotal, counted }))
    }

    pub fn class(&self) -> Class {
        self.effect.class()
    }

    fn order(&self) -> (Step, impl Ord + use<>) {
        (self.effect.step(), self.promotion.rank())
    }

    /// Whether the units cost enough, and not too much, after the steps before.
    pub fn is_reached(&self, left: &[Amount]) -> Result<bool, TooLarge> {
        if self.subtotal.from.is_none() && self.subtotal.to.is_none() {
            return Ok(true);
        }
        let sum = Amount::sum(self.counted.iter().filter_map(|place| left.get(*place)).copied())?;
        Ok(self.subtotal.contains(&sum))
    }
}

impl Conditions {
    /// What the units have to cost in the basket's currency; `None` where a bound lacks it.
    fn subtotal(&self, basket: &Basket) -> Option<Span<Amount>> {
        let bound = |amounts: &Option<Amounts>| match amounts {
            Some(amounts) => amounts.of(basket.currency).map(Some),
            None => Some(None),
        };
        Some(Span { from: bound(&self.subtotal_from)?, to: bound(&self.subtotal_to)? })
    }

    /// Whether there are as many units as it takes: at least one where the filter names something.
    fn are_enough(&self, basket: &Basket, counted: &[usize]) -> Result<bool, TooLarge> {
        let quantities = counted.iter().filter_map(|place| basket.lines.get(*place)).map(|line| line.quantity);
        let quantity = quantities.into_iter().try_fold(0_i64, i64::checked_add).ok_or(TooLarge)?;
        let needs_one = !self.items.only.is_empty();
        Ok(self.quantity.contains(&quantity) && (quantity > 0 || !needs_one))
    }
}
