//! Amounts spread over several.

use proptest::prelude::*;

use crate::pricing::tests::shop::amount;
use crate::pricing::{Amount, spread};

fn parts(whole: i64, weights: &[i64]) -> Vec<i64> {
    let weights = weights.iter().copied().map(amount).collect::<Vec<_>>();
    spread(amount(whole), &weights).unwrap().into_iter().map(Amount::minor).collect()
}

#[test]
fn leftover_units_go_to_the_largest_remainders() {
    // 10 × 1/6 = 1 4/6, 10 × 2/6 = 3 2/6, 10 × 3/6 = 5: the unit that is left goes to 4/6.
    assert_eq!(parts(10, &[1, 2, 3]), [2, 3, 5]);
    // 100 × 33/99 is 33 1/3 three times: the unit goes to the first.
    assert_eq!(parts(100, &[33, 33, 33]), [34, 33, 33]);
    // 2 over three: 2/3 each, two units are left for the first two.
    assert_eq!(parts(2, &[5, 5, 5]), [1, 1, 0]);
    // 7 × 50/90 = 3 80/90, 7 × 30/90 = 2 30/90, 7 × 10/90 = 70/90: two units, to 80/90 and to 70/90.
    assert_eq!(parts(7, &[50, 30, 10]), [4, 2, 1]);
}

#[test]
fn a_negative_amount_is_spread_as_the_positive_one() {
    assert_eq!(parts(-10, &[1, 2, 3]), [-2, -3, -5]);
    assert_eq!(parts(-100, &[33, 33, 33]), [-34, -33, -33]);
}

#[test]
fn weights_of_nothing_count_as_equal() {
    assert_eq!(parts(5, &[0, 0, 0]), [2, 2, 1]);
    assert_eq!(parts(5, &[0, 1, 0]), [0, 5, 0]);
    assert_eq!(parts(0, &[0, 0]), [0, 0]);
    assert_eq!(parts(5, &[]), [0; 0]);
}

#[test]
fn a_negative_weight_counts_as_zero() {
    assert_eq!(parts(5, &[-3, 1]), [0, 5]);
    assert_eq!(parts(3, &[-3, -3]), [2, 1]);
}

#[test]
fn the_largest_amounts_are_spread_exactly() {
    // 2^63 − 1 is odd, so one half is a unit larger.
    let half = i64::MAX / 2;
    assert_eq!(parts(i64::MAX, &[i64::MAX, i64::MAX]), [half + 1, half]);
    assert_eq!(parts(i64::MIN, &[i64::MAX]), [i64::MIN]);
}

proptest! {
    #[test]
    fn parts_sum_to_the_whole_and_are_within_one_unit_of_their_shares(
        whole in prop_oneof![any::<i64>(), -1000_i64..1000],
        weights in prop::collection::vec(prop_oneof![Just(0_i64), 0_i64..100, 0_i64..=i64::MAX], 1..12),
    ) {
        let parts = parts(whole, &weights);

        prop_assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(whole));
        let is_equal = weights.iter().all(|weight| *weight == 0);
        let weigh = |weight: i64| if is_equal { 1 } else { i128::from(weight) };
        let sum = weights.iter().map(|weight| weigh(*weight)).sum::<i128>();
        for (part, weight) in parts.iter().zip(&weights) {
            // |part − whole × weight ÷ sum| < 1, without the division.
            let share = i128::from(whole) * weigh(*weight);
            let (floor, rest) = (share / sum, share % sum);
            let off = (i128::from(*part) - floor).abs();
            prop_assert!(off == 0 || (off == 1 && rest != 0), "{} of {} by {:?}", part, whole, weights);
        }
    }

    #[test]
    fn a_part_of_no_more_than_the_sum_is_no_more_than_its_weight(
        weights in prop::collection::vec(0_i64..50, 1..12),
        share in 0_i64..=100,
    ) {
        let whole = weights.iter().sum::<i64>() * share / 100;

        for (part, weight) in parts(whole, &weights).iter().zip(&weights) {
            prop_assert!(part <= weight);
        }
    }
}
