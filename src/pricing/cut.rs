//! By how much something becomes cheaper, in one currency.

use iso_currency::Currency;

use crate::pricing::rate::MILLION;
use crate::pricing::{Amount, ItemDiscount, OrderDiscount, Rate, ShippingDiscount, TooLarge};

/// A discount in the currency of what is priced. It is never negative and never more than what it is taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Share(Rate),
    /// Off each unit.
    Each(Amount),
    /// Off all that is meant at once.
    Together(Amount),
    /// Down to a price for each unit.
    To(Amount),
}

impl Cut {
    /// `None` where an amount lacks the currency.
    pub fn of_items(discount: &ItemDiscount, currency: Currency) -> Option<Self> {
        match discount {
            ItemDiscount::Percentage(rate) => Some(Self::Share(*rate)),
            ItemDiscount::AmountEach(amounts) => amounts.of(currency).map(Self::Each),
            ItemDiscount::AmountTogether(amounts) => amounts.of(currency).map(Self::Together),
            ItemDiscount::PriceEach(amounts) => amounts.of(currency).map(Self::To),
        }
    }

    /// `None` where an amount lacks the currency.
    pub fn of_order(discount: &OrderDiscount, currency: Currency) -> Option<Self> {
        match discount {
            OrderDiscount::Percentage(rate) => Some(Self::Share(*rate)),
            OrderDiscount::Amount(amounts) => amounts.of(currency).map(Self::Together),
        }
    }

    /// `None` where an amount lacks the currency.
    pub fn of_shipping(discount: &ShippingDiscount, currency: Currency) -> Option<Self> {
        match discount {
            ShippingDiscount::Percentage(rate) => Some(Self::Share(*rate)),
            ShippingDiscount::Amount(amounts) => amounts.of(currency).map(Self::Together),
            ShippingDiscount::Price(amounts) => amounts.of(currency).map(Self::To),
        }
    }

    /// Off one price.
    pub fn off(self, price: Amount) -> Result<Amount, TooLarge> {
        Portion { left: price, units: 1, of: 1 }.cut(self)
    }
}

/// Some units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Portion {
    /// What is left of the line.
    pub left: Amount,
    pub units: i64,
    /// How many units the line has.
    pub of: i64,
}

impl Portion {
    /// What the units cost, rounded.
    pub fn worth(self) -> Result<Amount, TooLarge> {
        if self.units == self.of {
            return Ok(self.left);
        }
        Amount::quotient(self.exactly(), i128::from(self.of))
    }

    /// What a cut takes off the units. Each branch divides, and so rounds, once: what whole amounts are compared with
    /// or taken from may be rounded before, which gives the same.
    pub fn cut(self, cut: Cut) -> Result<Amount, TooLarge> {
        let cut = match cut {
            Cut::Share(rate) => return self.share(rate.clamp(Rate::ZERO, Rate::WHOLE)),
            Cut::Each(amount) => i128::from(amount.minor()) * i128::from(self.units),
            Cut::Together(amount) => i128::from(amount.minor()),
            Cut::To(price) => i128::from(self.worth()?.minor()) - i128::from(price.minor()) * i128::from(self.units),
        };
        Amount::try_from(cut.min(i128::from(self.worth()?.minor())).max(0))
    }

    fn share(self, rate: Rate) -> Result<Amount, TooLarge> {
        if self.units == self.of {
            return Ok(rate.of(self.left)?.max(Amount::ZERO));
        }
        let dividend = self.exactly().checked_mul(i128::from(rate.millionths())).ok_or(TooLarge)?;
        Ok(Amount::quotient(dividend, i128::from(self.of) * MILLION)?.max(Amount::ZERO))
    }

    /// What the units cost, times the units of the line.
    fn exactly(self) -> i128 {
        i128::from(self.left.minor()) * i128::from(self.units)
    }
}
