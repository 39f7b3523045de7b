//! An amount spread over several, so that the parts always add up to it.

use std::cmp::Reverse;

use crate::pricing::{Amount, TooLarge};

/// Spreads an amount by weights: each part is the exact share or less than one minor unit off it. What rounding down
/// leaves over goes, a unit each, to the largest remainders, of equal ones to the earlier. Where all weights are zero
/// they count as equal; a negative one counts as zero. Without weights there are no parts.
pub fn spread(whole: Amount, weights: &[Amount]) -> Result<Vec<Amount>, TooLarge> {
    let is_equal = weights.iter().all(|weight| weight.minor() <= 0);
    let weigh = |weight: &Amount| if is_equal { 1 } else { i128::from(weight.minor().max(0)) };
    let sum = weights.iter().map(weigh).sum::<i128>();
    let size = i128::from(whole.minor()).abs();

    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = size;
    for (place, weight) in weights.iter().enumerate() {
        let share = size * weigh(weight);
        let part = share / sum;
        let remainder = share - part * sum;
        parts.push(part);
        left -= part;
        if remainder > 0 {
            remainders.push((Reverse(remainder), place));
        }
    }

    // The remainders add up to `left` whole units, and each is less than one: there are more of them than units.
    remainders.sort_unstable();
    for ((_, place), _) in remainders.into_iter().zip(0..left) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }

    let sign = i128::from(whole.minor().signum());
    parts.into_iter().map(|part| Amount::try_from(sign * part)).collect()
}
