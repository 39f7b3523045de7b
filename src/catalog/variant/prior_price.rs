//! The lowest price of the thirty days before a price came into force, which a shop in the European Union has to tell
//! wherever it announces a reduction: Directive 98/6/EC, Article 6a, as amended by Directive (EU) 2019/2161.
//!
//! Prices before the present one are periods that end where the next begins, with gaps while there was no price. What
//! lasted for nothing, because two changes fell on one instant, was nobody's price.

pub mod loader;

use std::time::Duration;

use crate::clock::Timestamp;

/// How far back the law looks.
const SPAN: Duration = Duration::from_hours(30 * 24);

/// The same as the database counts it.
pub fn span_in_micros() -> i64 {
    Timestamp::from_micros(0).after(SPAN).as_micros()
}

/// A price for a time that is over: from its first instant to the first at which it was not in force any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub since: Timestamp,
    pub until: Timestamp,
    pub price_minor: i64,
}

/// The lowest price in force at any instant of the thirty days before `present` began; `None` if there was none.
pub fn lowest(present: Timestamp, periods: impl IntoIterator<Item = Period>) -> Option<i64> {
    let window = present.before(SPAN);
    let applied = |period: &Period| {
        let (first, end) = (period.since.max(window), period.until.min(present));
        first < end
    };
    periods.into_iter().filter(applied).map(|period| period.price_minor).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1_000_000;

    /// A price from one day to another; the present one begins on day zero.
    const fn period(since: i64, until: i64, price_minor: i64) -> Period {
        Period { since: Timestamp::from_micros(since * DAY), until: Timestamp::from_micros(until * DAY), price_minor }
    }

    fn lowest_before_today(periods: &[Period]) -> Option<i64> {
        lowest(Timestamp::from_micros(0), periods.iter().copied())
    }

    #[test]
    fn the_lowest_price_of_the_thirty_days_before() {
        let table: [(&str, &[Period], Option<i64>); 12] = [
            ("nothing came before", &[], None),
            ("one price all the time", &[period(-300, 0, 1000)], Some(1000)),
            ("falling in steps", &[period(-25, -15, 1000), period(-15, -5, 900), period(-5, 0, 800)], Some(800)),
            ("risen, then fallen", &[period(-40, -20, 700), period(-20, 0, 1500)], Some(700)),
            ("raised shortly before a sale", &[period(-100, -1, 500), period(-1, 0, 2000)], Some(500)),
            ("ended before the window", &[period(-60, -31, 300), period(-31, 0, 1000)], Some(1000)),
            ("ended as the window begins", &[period(-60, -30, 300), period(-30, 0, 1000)], Some(1000)),
            ("reached into the window", &[period(-60, -29, 300), period(-29, 0, 1000)], Some(300)),
            ("a gap up to the present", &[period(-20, -10, 400)], Some(400)),
            ("a gap as long as the window", &[period(-90, -30, 400)], None),
            ("lasted for nothing", &[period(-90, -10, 900), period(-10, -10, 1), period(-10, 0, 950)], Some(900)),
            ("free for a while", &[period(-9, -8, 0), period(-8, 0, 900)], Some(0)),
        ];

        for (name, periods, expected) in table {
            assert_eq!(lowest_before_today(periods), expected, "{name}");
        }
    }

    #[test]
    fn what_came_after_the_present_price_began_does_not_count() {
        assert_eq!(lowest_before_today(&[period(-1, 0, 900), period(0, 1, 100)]), Some(900));
    }

    #[test]
    fn the_very_first_instant_of_time_has_nothing_before_it() {
        assert_eq!(lowest(Timestamp::from_micros(i64::MIN), [period(-9, 0, 1)]), None);
    }

    proptest! {
        #[test]
        fn it_is_one_of_the_prices_of_the_window_and_none_of_them_is_lower(
            steps in prop::collection::vec((1_i64..20, 0_i64..1000), 0..12),
        ) {
            let mut end = 0;
            let mut periods = Vec::new();
            for (days, price) in steps {
                periods.push(period(end - days, end, price));
                end -= days;
            }

            let found = lowest_before_today(&periods);

            let in_window = || periods.iter().filter(|period| period.until.as_micros() > -30 * DAY);
            prop_assert_eq!(found.is_some(), in_window().next().is_some());
            if let Some(found) = found {
                prop_assert!(in_window().any(|period| period.price_minor == found));
                prop_assert!(in_window().all(|period| period.price_minor >= found));
            }
        }
    }
}
