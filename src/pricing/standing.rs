//! What promotions have left of the lines so far.

use std::cmp::Ordering;

use crate::id::PromotionId;
use crate::pricing::candidate::Candidate;
use crate::pricing::cut::{Cut, Portion};
use crate::pricing::effect::Effect;
use crate::pricing::stacking::Stack;
use crate::pricing::{Amount, Discount, GiftSubject, Line, Pick, TooLarge, spread};

/// The lines after some promotions of items and of the order, in the channel's mode.
#[derive(Clone, Debug)]
pub(super) struct Standing<'a> {
    pub lines: &'a [Line],
    /// What is left of each line; never less than zero.
    pub left: Vec<Amount>,
    /// What was taken off, in the order in which it was, with the place of the line.
    pub taken: Vec<(usize, Discount)>,
    pub gifts: Vec<Gift<'a>>,
}

/// What a promotion gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gift<'a> {
    pub promotion: PromotionId,
    pub subject: &'a GiftSubject,
    pub quantity: i64,
}

/// Some units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Units {
    pub place: usize,
    pub units: i64,
}

impl<'a> Standing<'a> {
    pub fn new(lines: &'a [Line], subtotals: Vec<Amount>) -> Self {
        Self { lines, left: subtotals, taken: Vec::new(), gifts: Vec::new() }
    }

    /// The lines by what a unit of them costs now, compared as exact fractions; of equal ones the earlier goes first.
    pub fn by_price(&self, places: &[usize], pick: Pick) -> Vec<usize> {
        let mut places = places.to_vec();
        places.sort_by(|a, b| {
            let (a, b) = (self.portion(*a), self.portion(*b));
            let by_price = |a: Portion, b: Portion| {
                let cross = |price: Portion, other: Portion| i128::from(price.left.minor()) * i128::from(other.of);
                cross(a, b).cmp(&cross(b, a))
            };
            match (a, b) {
                (Some(a), Some(b)) if pick == Pick::Cheapest => by_price(a, b),
                (Some(a), Some(b)) => by_price(b, a),
                _ => Ordering::Equal,
            }
        });
        places
    }

    /// So many units of a line, or as many as there are; `None` where that is none.
    pub fn some_of(&self, place: usize, most: i128) -> Option<Units> {
        let quantity = self.lines.get(place)?.quantity;
        let units = i64::try_from(most).unwrap_or(quantity).min(quantity);
        (units > 0).then_some(Units { place, units })
    }

    /// So many units of lines in an order of them.
    fn first_of(&self, places: &[usize], units: i64) -> Vec<Units> {
        let mut left = i128::from(units);
        let mut picked = Vec::new();
        for place in places {
            let Some(taken) = self.some_of(*place, left) else { break };
            left -= i128::from(taken.units);
            picked.push(taken);
        }
        picked
    }

    /// Takes off the whole: once on the sum, spread by what is left of the lines.
    fn cut_order(&mut self, promotion: PromotionId, cut: Cut) -> Result<(), TooLarge> {
        let whole = cut.off(Amount::sum(self.left.iter().copied())?)?;
        if whole.is_zero() {
            return Ok(());
        }
        for (place, amount) in spread(whole, &self.left)?.into_iter().enumerate() {
            self.take(place, Discount { promotion, amount, is_of_order: true })?;
        }
        Ok(())
    }

    /// Takes off whole lines.
    fn cut_lines(&mut self, promotion: PromotionId, cut: Cut, places: &[usize]) -> Result<(), TooLarge> {
        let whole = places.iter().filter_map(|place| self.some_of(*place, i128::MAX)).collect::<Vec<_>>();
        self.cut_units(promotion, cut, &whole)
    }

    /// Takes off some units of lines, rounded once on each line. What units of a part of a line cost is rounded where an
    /// amount is spread by it.
    fn cut_units(&mut self, promotion: PromotionId, cut: Cut, units: &[Units]) -> Result<(), TooLarge> {
        let portions = units.iter().filter_map(|units| {
            let portion = self.portion(units.place)?;
            Some(Portion { units: units.units, ..portion })
        });
        let amounts = if let Cut::Together(amount) = cut {
            let worth = portions.map(Portion::worth).collect::<Result<Vec<_>, _>>()?;
            let whole = amount.up_to(Amount::sum(worth.iter().copied())?);
            spread(whole, &worth)?
        } else {
            portions.map(|portion| portion.cut(cut)).collect::<Result<Vec<_>, _>>()?
        };
        for (units, amount) in units.iter().zip(amounts) {
            self.take(units.place, Discount { promotion, amount, is_of_order: false })?;
        }
        Ok(())
    }

    fn take(&mut self, place: usize, discount: Discount) -> Result<(), TooLarge> {
        if let Some(left) = self.left.get_mut(place).filter(|_| !discount.amount.is_zero()) {
            *left = left.minus(discount.amount)?;
            self.taken.push((place, discount));
        }
        Ok(())
    }

    /// A whole line.
    fn portion(&self, place: usize) -> Option<Portion> {
        let of = self.lines.get(place)?.quantity;
        Some(Portion { left: *self.left.get(place)?, units: of, of })
    }
}

impl<'a> Stack<'a> for Standing<'a> {
    fn apply(&mut self, candidate: &Candidate<'a>) -> Result<(), TooLarge> {
        if !candidate.is_reached(&self.left)? {
            return Ok(());
        }
        let promotion = candidate.promotion.id;
        match &candidate.effect {
            Effect::Items { cut, lines } => self.cut_lines(promotion, *cut, lines),
            Effect::Units { cut, lines, pick, units } => {
                let units = self.first_of(&self.by_price(lines, *pick), *units);
                self.cut_units(promotion, *cut, &units)
            }
            Effect::BuyGet { cut, batches, pick } => {
                let units = batches.units(self, *pick);
                self.cut_units(promotion, *cut, &units)
            }
            Effect::Order(cut) => self.cut_order(promotion, *cut),
            Effect::Gift { subject, quantity } => {
                self.gifts.push(Gift { promotion, subject, quantity: *quantity });
                Ok(())
            }
            Effect::Shipping { .. } => Ok(()),
        }
    }

    fn worth(&self) -> i128 {
        let taken = self.taken.iter().map(|(_, discount)| i128::from(discount.amount.minor())).sum::<i128>();
        let gifts = self.gifts.iter().map(|gift| i128::from(gift.subject.base.minor()) * i128::from(gift.quantity));
        gifts.fold(taken, i128::saturating_add)
    }

    fn steps(&self) -> usize {
        self.taken.len() + self.gifts.len()
    }
}
