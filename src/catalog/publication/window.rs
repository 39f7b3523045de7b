//! The span of time in which a channel shows something: its beginning belongs to it, its end does not.

use serde::Serialize;

use crate::clock::Timestamp;

/// A span of time, without a beginning or an end where it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    #[serde(rename = "publishedFrom")]
    pub from: Option<Timestamp>,
    #[serde(rename = "publishedUntil")]
    pub until: Option<Timestamp>,
}

impl Window {
    /// Whether there is an instant in it.
    pub fn is_possible(self) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        }
    }

    /// Whether it has begun and not ended.
    pub fn contains(self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn window(from: Option<i64>, until: Option<i64>) -> Window {
        Window { from: from.map(Timestamp::from_micros), until: until.map(Timestamp::from_micros) }
    }

    #[test]
    fn the_beginning_belongs_to_it_and_the_end_does_not() {
        let cases = [
            (window(None, None), [true, true, true]),
            (window(Some(5), None), [false, true, true]),
            (window(None, Some(5)), [true, false, false]),
            (window(Some(5), Some(6)), [false, true, false]),
        ];

        for (window, expected) in cases {
            let seen = [4, 5, 6].map(|now| window.contains(Timestamp::from_micros(now)));
            assert_eq!(seen, expected, "{window:?}");
        }
    }

    proptest! {
        #[test]
        fn one_without_an_instant_is_not_possible(
            from in prop::option::of(0..6_i64), until in prop::option::of(0..6_i64), now in -1..7_i64,
        ) {
            let window = window(from, until);
            prop_assert!(window.is_possible() || !window.contains(Timestamp::from_micros(now)));
            let has_instant = (-1..7).any(|now| window.contains(Timestamp::from_micros(now)));
            prop_assert_eq!(window.is_possible(), has_instant || until == Some(-1));
        }
    }
}
