//! Exact decimal numbers with at most six decimal places, kept as whole millionths.

use std::fmt;

const DIGITS: usize = 6;
const SCALE: u64 = 1_000_000;

/// A number in millionths; it reads and writes itself without needless zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millionths(pub i64);

/// Why a text is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseMillionthsError {
    #[error("Expected a decimal number such as \"12.5\".")]
    NotADecimal,
    #[error("A number has at most six decimal places.")]
    TooPrecise,
    #[error("The number is too large.")]
    TooLarge,
}

impl Millionths {
    pub fn parse(text: &str) -> Result<Self, ParseMillionthsError> {
        use ParseMillionthsError::{NotADecimal, TooLarge, TooPrecise};
        let (is_negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(NotADecimal);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DIGITS {
            return Err(TooPrecise);
        }
        let digits = whole.bytes().chain(fraction.bytes().chain(std::iter::repeat(b'0')).take(DIGITS));
        let micro = digits
            .map(|digit| i64::from(digit - b'0'))
            .try_fold(0_i64, |micro, digit| micro.checked_mul(10)?.checked_add(digit))
            .ok_or(TooLarge)?;
        Ok(Self(if is_negative { -micro } else { micro }))
    }
}

impl fmt::Display for Millionths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / SCALE, self.0.unsigned_abs() % SCALE);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{fraction:06}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ParseMillionthsError::{NotADecimal, TooLarge, TooPrecise};
    use super::*;

    #[test]
    fn a_number_has_one_way_to_be_written() {
        let canonical = |text: &str| Millionths::parse(text).unwrap().to_string();

        for (text, expected) in [
            ("1", "1"),
            ("1.50", "1.5"),
            ("007", "7"),
            ("-0.250000000", "-0.25"),
            ("-0", "0"),
            ("0.000001", "0.000001"),
            ("9223372036854.775807", "9223372036854.775807"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_such_number_is_refused() {
        for (text, expected) in [
            ("", NotADecimal),
            (".5", NotADecimal),
            ("1.", NotADecimal),
            ("1,5", NotADecimal),
            ("--1", NotADecimal),
            ("1e3", NotADecimal),
            ("0.0000001", TooPrecise),
            ("9223372036854.775808", TooLarge),
            ("99999999999999999999", TooLarge),
        ] {
            assert_eq!(Millionths::parse(text), Err(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_reads_back_from_its_text(micro in -i64::MAX..=i64::MAX) {
            prop_assert_eq!(Millionths::parse(&Millionths(micro).to_string()), Ok(Millionths(micro)));
        }
    }
}
