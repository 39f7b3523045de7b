//! Which promotions apply beside which others.
//!
//! Promotions are of three classes: those of items, those of the order (gifts included) and those of shipping. Within a
//! class all that stack are tried together, and each that is exclusive in its class alone; what is best for the shopper
//! holds, and the next class goes on from there. Over all classes each promotion that is exclusive altogether is tried
//! alone against all others, settled so. Promotions of the catalogue make prices and stand apart.
//!
//! The best is what takes most off the lines and the chosen delivery, in the channel's mode, gifts counted at their base
//! price. Of equals an exclusive one wins if it gives anything, then the higher priority, then the older.

use crate::pricing::candidate::Candidate;
use crate::pricing::{Stacking, TooLarge};

/// What promotions of one class act on, one after the other.
pub(super) trait Stack<'a>: Clone {
    /// Applies a promotion of its class if its conditions are met.
    fn apply(&mut self, candidate: &Candidate<'a>) -> Result<(), TooLarge>;

    /// What was given so far.
    fn worth(&self) -> i128;

    /// How many times something was given so far.
    fn steps(&self) -> usize;
}

/// The best of the ways in which the promotions of one class can apply.
pub(super) fn settle<'a, S: Stack<'a>>(start: S, class: &[&Candidate<'a>]) -> Result<S, TooLarge> {
    let is_alone = |candidate: &&Candidate| candidate.promotion.stacking == Stacking::ExclusiveInClass;
    let mut alone = class.iter().copied().filter(is_alone).collect::<Vec<_>>();
    alone.sort_by_key(|candidate| candidate.promotion.rank());

    let mut best = None::<S>;
    for candidate in alone {
        let mut tried = start.clone();
        tried.apply(candidate)?;
        let is_given = tried.steps() > start.steps();
        if is_given && best.as_ref().is_none_or(|best| tried.worth() > best.worth()) {
            best = Some(tried);
        }
    }

    let mut together = start;
    for candidate in class.iter().filter(|candidate| !is_alone(candidate)) {
        together.apply(candidate)?;
    }
    Ok(best.filter(|best| best.worth() >= together.worth()).unwrap_or(together))
}
