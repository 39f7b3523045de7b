//! The order of a collection's members, and what has to be written when some of them move.
//!
//! Places are far apart, so that a member finds one between two others and nobody else has to move.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::ProductId;

/// How far two places lie apart when they are given anew.
pub const SPACING: i64 = 1 << 20;

/// Members in their order, while some of them are moved.
pub struct Arrangement {
    former: Vec<ProductId>,
    order: Vec<ProductId>,
    places: BTreeMap<ProductId, i64>,
    moved: BTreeSet<ProductId>,
}

impl Arrangement {
    /// The members with their places, in order.
    pub fn new(members: Vec<(ProductId, i64)>) -> Self {
        let order: Vec<ProductId> = members.iter().map(|(product, _)| *product).collect();
        Self { former: order.clone(), order, places: members.into_iter().collect(), moved: BTreeSet::new() }
    }

    pub fn contains(&self, product: ProductId) -> bool {
        self.places.contains_key(&product)
    }

    /// Moves a member to where it has so many before it, or to the end.
    pub fn shift(&mut self, product: ProductId, position: usize) {
        if let Some(from) = self.order.iter().position(|other| *other == product) {
            self.order.remove(from);
            self.order.insert(position.min(self.order.len()), product);
            self.moved.insert(product);
        }
    }

    pub fn has_changed(&self) -> bool {
        self.order != self.former
    }

    /// Gives all members new places in the order in which they stood.
    pub fn spread(&mut self) {
        self.places = self.former.iter().copied().zip((1..).map(|number: i64| number * SPACING)).collect();
    }

    /// The new places of those that have moved; `None` where there is no room for them.
    pub fn changes(&self) -> Option<Vec<(ProductId, i64)>> {
        let (mut changes, mut before) = (Vec::new(), None);
        let mut runs =
            self.order.chunk_by(|one, next| self.moved.contains(one) && self.moved.contains(next)).peekable();
        while let Some(run) = runs.next() {
            if self.has_moved(run) {
                let after = runs.peek().and_then(|next| self.place(next));
                let places = between(before, after, run.len())?;
                before = places.last().copied();
                changes.extend(run.iter().copied().zip(places));
            } else {
                let place = self.place(run);
                if place <= before {
                    return None;
                }
                before = place;
            }
        }
        changes.retain(|(product, place)| self.places.get(product) != Some(place));
        Some(changes)
    }

    /// Members stand in runs: of those that have moved, or one alone that has not.
    fn has_moved(&self, run: &[ProductId]) -> bool {
        run.iter().any(|product| self.moved.contains(product))
    }

    fn place(&self, run: &[ProductId]) -> Option<i64> {
        self.places.get(run.first()?).copied()
    }
}

/// So many places, evenly, after one and before another.
fn between(before: Option<i64>, after: Option<i64>, count: usize) -> Option<Vec<i64>> {
    let count = i64::try_from(count).ok()?;
    let (first, step) = match (before, after) {
        (None, None) => (SPACING, SPACING),
        (Some(before), None) => (before.checked_add(SPACING)?, SPACING),
        (None, Some(after)) => (after.checked_sub(SPACING.checked_mul(count)?)?, SPACING),
        (Some(before), Some(after)) => {
            let step = after.checked_sub(before)? / (count + 1);
            (before.checked_add(step)?, step)
        }
    };
    if step < 1 {
        return None;
    }
    (0..count).map(|number| first.checked_add(step.checked_mul(number)?)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn member(number: usize) -> ProductId {
        Uuid::from_u128(u128::try_from(number).unwrap()).into()
    }

    fn arrangement(places: &[i64]) -> Arrangement {
        Arrangement::new(places.iter().enumerate().map(|(number, place)| (member(number), *place)).collect())
    }

    /// The members in the order of their places after the changes.
    fn sorted(before: &[i64], changes: &[(ProductId, i64)]) -> Vec<ProductId> {
        let mut places: BTreeMap<ProductId, i64> =
            before.iter().enumerate().map(|(number, place)| (member(number), *place)).collect();
        places.extend(changes.iter().copied());
        let mut order: Vec<(i64, ProductId)> = places.into_iter().map(|(product, place)| (place, product)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, product)| product).collect()
    }

    #[test]
    fn a_move_into_a_gap_writes_one_place() {
        let mut members = arrangement(&[10, 20, 30]);

        members.shift(member(2), 1);

        assert_eq!(members.changes(), Some(vec![(member(2), 15)]));
    }

    #[test]
    fn a_move_to_either_end_finds_room_beyond_it() {
        let mut members = arrangement(&[1, 2, 3]);

        members.shift(member(0), 9);
        members.shift(member(1), 0);

        let changes = members.changes().unwrap();
        assert_eq!(sorted(&[1, 2, 3], &changes), [member(1), member(2), member(0)]);
    }

    #[test]
    fn where_there_is_no_gap_all_are_spread() {
        let mut members = arrangement(&[1, 2, 3]);
        members.shift(member(2), 1);
        assert_eq!(members.changes(), None);

        members.spread();

        assert_eq!(members.changes(), Some(vec![(member(2), SPACING + SPACING / 2)]));
    }

    #[test]
    fn who_comes_back_to_its_place_has_not_moved() {
        let mut members = arrangement(&[10, 20, 30]);

        members.shift(member(1), 0);
        members.shift(member(1), 1);

        assert!(!members.has_changed());
        assert_eq!(members.changes(), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn the_places_give_the_order_that_the_moves_make(
            gaps in prop::collection::vec(0_i64..5, 1..20),
            moves in prop::collection::vec((0_usize..20, 0_usize..25), 0..12),
        ) {
            let places: Vec<i64> = gaps.iter().scan(0, |place, gap| { *place += gap; Some(*place) }).collect();
            let mut members = arrangement(&places);
            let mut expected: Vec<ProductId> = members.order.clone();
            for (number, position) in moves {
                let product = member(number % places.len());
                members.shift(product, position);
                expected.retain(|other| *other != product);
                expected.insert(position.min(expected.len()), product);
            }

            let spread: Vec<i64> = (1..).take(places.len()).map(|number: i64| number * SPACING).collect();
            let order = match members.changes() {
                Some(changes) => sorted(&places, &changes),
                None => {
                    members.spread();
                    sorted(&spread, &members.changes().unwrap())
                }
            };

            prop_assert_eq!(order, expected);
        }
    }
}
