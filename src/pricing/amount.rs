//! Whole minor units of the currency that a computation is in.

use std::collections::BTreeMap;
use std::iter;

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::money::divide_rounded;

/// A sum that cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The amounts are too large to be added up.")]
pub struct TooLarge;

/// An amount in whole minor units; what has amounts of one computation has them in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    pub const ZERO: Self = Self(0);

    pub const fn new(minor: i64) -> Self {
        Self(minor)
    }

    pub const fn minor(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        self.0.checked_add(other.0).map(Self).ok_or(TooLarge)
    }

    pub fn minus(self, other: Self) -> Result<Self, TooLarge> {
        self.0.checked_sub(other.0).map(Self).ok_or(TooLarge)
    }

    pub fn times(self, quantity: i64) -> Result<Self, TooLarge> {
        self.0.checked_mul(quantity).map(Self).ok_or(TooLarge)
    }

    /// A quotient of whole numbers, rounded.
    pub fn quotient(dividend: i128, divisor: i128) -> Result<Self, TooLarge> {
        divide_rounded(dividend, divisor).ok_or(TooLarge)?.try_into()
    }

    /// Itself, but not more than `most` and not less than zero.
    pub fn up_to(self, most: Self) -> Self {
        self.min(most).max(Self::ZERO)
    }

    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, TooLarge> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

impl TryFrom<i128> for Amount {
    type Error = TooLarge;

    fn try_from(minor: i128) -> Result<Self, TooLarge> {
        i64::try_from(minor).map(Self).map_err(|_| TooLarge)
    }
}

/// One amount each of some currencies, as a shop that sells in several enters them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amounts(BTreeMap<Box<str>, Amount>);

impl Amounts {
    /// The amount of a currency, if one was entered.
    pub fn of(&self, currency: Currency) -> Option<Amount> {
        self.0.get(currency.code()).copied()
    }

    /// Every amount with the code of its currency, in the alphabet of the codes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Amount)> {
        self.0.iter().map(|(code, amount)| (&**code, *amount))
    }

    pub fn one(currency: Currency, amount: Amount) -> Self {
        iter::once((currency, amount)).collect()
    }
}

impl FromIterator<(Currency, Amount)> for Amounts {
    fn from_iter<T: IntoIterator<Item = (Currency, Amount)>>(amounts: T) -> Self {
        Self(amounts.into_iter().map(|(currency, amount)| (currency.code().into(), amount)).collect())
    }
}
