//! Shares and tax rates as exact parts of a million.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pricing::{Amount, TooLarge};

/// The parts of a whole.
pub(super) const MILLION: i128 = 1_000_000;

/// A share such as a tax rate or a percentage off, in parts of a million: 19 % are 190,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(i64);

impl Rate {
    pub const ZERO: Self = Self(0);
    pub const WHOLE: Self = Self(1_000_000);

    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Reads a percentage with up to four decimal places, such as `7.5`.
    pub fn parse_percentage(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = fraction.trim_end_matches('0');
        if !is_number(whole) || !(fraction.is_empty() || is_number(fraction)) || fraction.len() > 4 {
            return None;
        }
        format!("{whole}{fraction:0<4}").parse().ok().map(Self)
    }

    /// The share of an amount, rounded.
    pub fn of(self, amount: Amount) -> Result<Amount, TooLarge> {
        Amount::quotient(i128::from(amount.minor()) * i128::from(self.0), MILLION)
    }

    /// What is left of a gross amount when a tax of this rate is taken out, rounded.
    pub fn net_of(self, gross: Amount) -> Result<Amount, TooLarge> {
        Amount::quotient(i128::from(gross.minor()) * MILLION, MILLION + i128::from(self.0))
    }

    /// The gross amount at another rate that has the same net, in one step, rounded.
    pub fn exchange(self, gross: Amount, other: Self) -> Result<Amount, TooLarge> {
        let factor = MILLION + i128::from(other.0);
        Amount::quotient(i128::from(gross.minor()) * factor, MILLION + i128::from(self.0))
    }
}

/// The percentage, with no more decimal places than it needs.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 10_000, self.0.unsigned_abs() % 10_000);
        let fraction = format!("{fraction:04}");
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}
