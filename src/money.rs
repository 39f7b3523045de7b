//! Exact amounts: whole minor units of a currency, never a float.
//!
//! How many digits a currency has comes from ISO 4217 (none for JPY, two for USD, three for KWD).

use std::fmt;

pub use iso_currency::Currency;
use serde::{Deserialize, Serialize};

/// Why a text is no amount of a currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseAmountError {
    #[error("Expected a decimal number such as \"12.50\".")]
    NotADecimal,
    #[error("{currency} has {digits} decimal places; this amount has more.")]
    TooPrecise { currency: Currency, digits: u32 },
    #[error("The amount is too large.")]
    TooLarge,
}

/// An amount of money in whole minor units (cents, yen, fils).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a plain decimal such as `12.5`; more digits than the currency has must be zeros.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, ParseAmountError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = digits_of(currency);
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(ParseAmountError::NotADecimal);
        }
        let fraction = significant(fraction, digits).ok_or(ParseAmountError::TooPrecise { currency, digits })?;
        let minor = whole
            .bytes()
            .chain(padded(fraction, digits))
            .try_fold(0_i64, |minor, digit| {
                let digit = i64::from(digit - b'0');
                // Counted below zero, which reaches one further than above it.
                minor.checked_mul(10)?.checked_sub(digit)
            })
            .ok_or(ParseAmountError::TooLarge)?;
        let minor = if negative { Some(minor) } else { minor.checked_neg() };
        let minor = minor.ok_or(ParseAmountError::TooLarge)?;
        Ok(Self { minor, currency })
    }

    pub const fn minor(self) -> i64 {
        self.minor
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }
}

/// The decimal, with exactly the currency's digits and without the currency.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = digits_of(self.currency);
        let sign = if self.minor < 0 { "-" } else { "" };
        let scale = 10_u64.pow(digits);
        let minor = self.minor.unsigned_abs();
        let (whole, fraction) = (minor / scale, minor % scale);
        match usize::try_from(digits) {
            Ok(width) if width > 0 => write!(f, "{sign}{whole}.{fraction:0width$}"),
            _ => write!(f, "{sign}{whole}"),
        }
    }
}

/// A quotient, rounded half away from zero; `None` where there is nothing to divide by.
pub fn divide_rounded(dividend: i128, divisor: i128) -> Option<i128> {
    let (quotient, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?);
    // Compared with what is left to the next whole number, because twice the rest may be too large to tell.
    let is_up = rest.unsigned_abs() >= divisor.unsigned_abs() - rest.unsigned_abs();
    let away = if (dividend < 0) == (divisor < 0) { 1 } else { -1 };
    if is_up { quotient.checked_add(away) } else { Some(quotient) }
}

/// Decimal places of a currency; those without a minor unit (gold, test codes) count as whole.
fn digits_of(currency: Currency) -> u32 {
    currency.exponent().map_or(0, u32::from)
}

/// The digits of a fraction that the currency can hold, if the rest is only zeros.
fn significant(fraction: &str, digits: u32) -> Option<&str> {
    let digits = usize::try_from(digits).ok()?;
    let (kept, rest) = fraction.split_at_checked(digits).unwrap_or((fraction, ""));
    rest.bytes().all(|byte| byte == b'0').then_some(kept)
}

fn padded(fraction: &str, digits: u32) -> impl Iterator<Item = u8> {
    let width = usize::try_from(digits).unwrap_or(0);
    fraction.bytes().chain(std::iter::repeat(b'0')).take(width)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(text: &str) -> Result<i64, ParseAmountError> {
        Money::parse(text, Currency::USD).map(Money::minor)
    }

    #[test]
    fn decimals_become_minor_units() {
        assert_eq!(usd("12.5"), Ok(1250));
        assert_eq!(usd("12.500"), Ok(1250));
        assert_eq!(usd("0"), Ok(0));
        assert_eq!(usd("-0.01"), Ok(-1));
        assert_eq!(Money::parse("500", Currency::JPY).map(Money::minor), Ok(500));
        assert_eq!(Money::parse("500.00", Currency::JPY).map(Money::minor), Ok(500));
        assert_eq!(Money::parse("1.234", Currency::KWD).map(Money::minor), Ok(1234));
    }

    #[test]
    fn what_a_currency_cannot_hold_is_refused() {
        assert!(matches!(usd("1.005"), Err(ParseAmountError::TooPrecise { digits: 2, .. })));
        assert!(matches!(Money::parse("0.5", Currency::JPY), Err(ParseAmountError::TooPrecise { .. })));
        assert_eq!(usd("92233720368547758.08"), Err(ParseAmountError::TooLarge));
        assert_eq!(usd("-92233720368547758.08"), Ok(i64::MIN));
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1,5", "1e3", "+1", " 1", "NaN", "1.2.3", "٣", "--1", "1.é"] {
            assert_eq!(usd(text), Err(ParseAmountError::NotADecimal), "{text:?}");
        }
    }

    #[test]
    fn a_quotient_is_rounded_half_away_from_zero() {
        let table = [(7, 2, 4), (-7, 2, -4), (7, -2, -4), (-7, -2, 4), (5, 4, 1), (6, 4, 2), (-5, 4, -1), (-6, 4, -2)];
        for (dividend, divisor, expected) in table.into_iter().chain([(0, 3, 0), (9, 3, 3), (1, 3, 0), (2, 3, 1)]) {
            assert_eq!(divide_rounded(dividend, divisor), Some(expected), "{dividend} / {divisor}");
        }
        assert_eq!(divide_rounded(1, 0), None);
        assert_eq!(divide_rounded(i128::MIN, -1), None);
        assert_eq!(divide_rounded(i128::MAX, i128::MAX - 1), Some(1));
    }

    proptest! {
        #[test]
        fn a_rounded_quotient_is_off_by_half_of_the_divisor_at_most(
            dividend in -1_000_000_000_i128..1_000_000_000,
            divisor in prop::sample::select(vec![-7_i128, -2, -1, 1, 2, 3, 10, 999]),
        ) {
            let quotient = divide_rounded(dividend, divisor).unwrap();
            let off = dividend - quotient * divisor;
            prop_assert!(2 * off.abs() <= divisor.abs());
            let is_half = 2 * off.abs() == divisor.abs();
            prop_assert!(!is_half || quotient.abs() * divisor.abs() > dividend.abs());
        }

        #[test]
        fn an_amount_reads_back_from_its_text(
            minor in any::<i64>(),
            currency in prop::sample::select(vec![Currency::JPY, Currency::USD, Currency::KWD]),
        ) {
            let money = Money::from_minor(minor, currency);
            prop_assert_eq!(Money::parse(&money.to_string(), currency), Ok(money));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = Money::parse(&text, Currency::USD);
        }
    }
}
