//! How long to wait before a job that failed is tried again.

use std::time::Duration;

use rand::RngExt as _;

/// A job that has failed so often is left to a person: with the pauses between, after about a day.
pub const MOST_ATTEMPTS: i64 = 24;
const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_hours(2);

/// The pause after so many attempts: it doubles up to the longest, and differs by up to a fifth, so that jobs which failed
/// together do not come back together.
pub fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 32) - 1).unwrap_or_default();
    let pause = FIRST.saturating_mul(2_u32.saturating_pow(doublings)).min(LONGEST);
    pause * rand::rng().random_range(80..=120) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_and_differ() {
        for attempts in 1..MOST_ATTEMPTS {
            let doubled = FIRST * 2_u32.pow(u32::try_from(attempts - 1).unwrap().min(20));
            let expected = doubled.min(LONGEST);

            let pause = pause(attempts);

            assert!(pause >= expected * 4 / 5 && pause <= expected * 6 / 5, "{attempts}: {pause:?}");
        }
        let pauses: std::collections::BTreeSet<_> = (0..50).map(|_| pause(12)).collect();
        assert!(pauses.len() > 5);
    }
}
