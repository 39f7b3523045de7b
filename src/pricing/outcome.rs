//! What comes out where some promotions apply, and which of the outcomes holds.

use crate::pricing::candidate::Candidate;
use crate::pricing::carriage::{Carriage, Parcel};
use crate::pricing::effect::Class;
use crate::pricing::stacking::{Stack, settle};
use crate::pricing::standing::Standing;
use crate::pricing::{Basket, Ineligible, Stacking, TooLarge};

/// The lines and every way of delivery as some promotions leave them.
#[derive(Clone, Debug)]
pub(super) struct Outcome<'a> {
    pub standing: Standing<'a>,
    /// As the basket's methods are ordered.
    pub carriages: Vec<Result<Carriage<'a>, Ineligible>>,
}

impl<'a> Outcome<'a> {
    fn new(basket: &'a Basket, start: Standing<'a>, promotions: &[&Candidate<'a>]) -> Result<Self, TooLarge> {
        let of_class = |class| promotions.iter().copied().filter(move |candidate| candidate.class() == class);
        let mut standing = start;
        for class in [Class::Items, Class::Order] {
            standing = settle(standing, &of_class(class).collect::<Vec<_>>())?;
        }

        let parcel = Parcel::new(&standing)?;
        let mut reached = Vec::new();
        for candidate in of_class(Class::Shipping) {
            if candidate.is_reached(&standing.left)? {
                reached.push(candidate);
            }
        }
        let methods = basket.delivery.methods.iter();
        let carry = |method| Carriage::new(method, parcel.as_ref(), &basket.buyer.groups, &reached);
        let carriages = methods.map(|method| carry(*method)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { standing, carriages })
    }

    /// The delivery by the method at a place, if it can be had.
    pub fn carriage(&self, method: Option<usize>) -> Option<&Carriage<'a>> {
        self.carriages.get(method?)?.as_ref().ok()
    }

    /// What it gives where that method is chosen.
    fn worth(&self, method: Option<usize>) -> i128 {
        self.standing.worth().saturating_add(self.carriage(method).map_or(0, Stack::worth))
    }

    /// Whether it gives anything where that method is chosen.
    fn is_given(&self, method: Option<usize>) -> bool {
        self.standing.steps() + self.carriage(method).map_or(0, Stack::steps) > 0
    }
}

/// What comes out by all promotions that are not exclusive, and by each that is.
#[derive(Clone, Debug)]
pub(super) struct Outcomes<'a> {
    together: Outcome<'a>,
    /// By rank.
    alone: Vec<Outcome<'a>>,
}

impl<'a> Outcomes<'a> {
    pub fn new(basket: &'a Basket, start: Standing<'a>, all: &[Candidate<'a>]) -> Result<Self, TooLarge> {
        let is_exclusive = |candidate: &&Candidate| candidate.promotion.stacking == Stacking::Exclusive;
        let mut exclusive = all.iter().filter(is_exclusive).collect::<Vec<_>>();
        exclusive.sort_by_key(|candidate| candidate.promotion.rank());
        let others = all.iter().filter(|candidate| !is_exclusive(candidate)).collect::<Vec<_>>();

        let alone = exclusive.into_iter().map(|candidate| Outcome::new(basket, start.clone(), &[candidate]));
        let alone = alone.collect::<Result<Vec<_>, _>>()?;
        Ok(Self { together: Outcome::new(basket, start, &others)?, alone })
    }

    /// The best where the method at a place is chosen, or none.
    pub fn best(&self, method: Option<usize>) -> &Outcome<'a> {
        let mut best = None::<&Outcome>;
        for outcome in self.alone.iter().filter(|outcome| outcome.is_given(method)) {
            if best.is_none_or(|best| outcome.worth(method) > best.worth(method)) {
                best = Some(outcome);
            }
        }
        best.filter(|best| best.worth(method) >= self.together.worth(method)).unwrap_or(&self.together)
    }
}
