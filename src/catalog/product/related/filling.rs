//! Puts related products together from picks and from members of collections.

use std::collections::HashSet;

use crate::id::ProductId;

/// The first so many of the picks and then of the members of one collection after the other, without the product itself
/// and without doubles.
pub fn fill<'a>(
    product: ProductId,
    picks: &'a [ProductId],
    collections: impl IntoIterator<Item = &'a [ProductId]>,
    count: usize,
) -> Vec<ProductId> {
    let mut seen = HashSet::from([product]);
    let all = std::iter::once(picks).chain(collections).flatten();
    all.copied().filter(|other| seen.insert(*other)).take(count).collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn ids(numbers: &[u8]) -> Vec<ProductId> {
        numbers.iter().map(|number| uuid::Uuid::from_u128((*number).into()).into()).collect()
    }

    #[test]
    fn picks_come_first_and_collections_fill_up_in_order() {
        let (picks, first, second) = (ids(&[7, 3]), ids(&[1, 2, 3]), ids(&[4, 1, 5]));

        let filled = fill(ids(&[2])[0], &picks, [first.as_slice(), second.as_slice()], 5);

        assert_eq!(filled, ids(&[7, 3, 1, 4, 5]));
    }

    proptest! {
        #[test]
        fn it_holds_no_doubles_not_itself_and_as_many_as_there_are(
            product in 0_u8..30, picks in vec(0_u8..30, 0..10), collections in vec(vec(0_u8..30, 0..10), 0..4), count in 0_usize..20,
        ) {
            let (product, picks) = (ids(&[product])[0], ids(&picks));
            let collections: Vec<_> = collections.iter().map(|members| ids(members)).collect();

            let filled = fill(product, &picks, collections.iter().map(Vec::as_slice), count);

            let distinct: HashSet<_> = filled.iter().copied().collect();
            let mut there: HashSet<_> = picks.iter().chain(collections.iter().flatten()).copied().collect();
            there.remove(&product);
            prop_assert_eq!(distinct.len(), filled.len());
            prop_assert!(distinct.is_subset(&there));
            prop_assert_eq!(filled.len(), there.len().min(count));
        }

        /// A few members more than are wanted are enough of each collection, however many it has.
        #[test]
        fn one_member_more_than_is_wanted_is_enough_of_each_collection(
            product in 0_u8..30, picks in vec(0_u8..30, 0..10), collections in vec(vec(0_u8..30, 0..20), 0..4), count in 1_usize..10,
        ) {
            let (product, picks) = (ids(&[product])[0], ids(&picks));
            let collections: Vec<Vec<_>> = collections.iter().map(|members| {
                let mut seen = HashSet::new();
                ids(members).into_iter().filter(|id| seen.insert(*id)).collect()
            }).collect();

            let whole = fill(product, &picks, collections.iter().map(Vec::as_slice), count);
            let cut = fill(product, &picks, collections.iter().map(|all| &all[..all.len().min(count + 1)]), count);

            prop_assert_eq!(whole, cut);
        }
    }
}
