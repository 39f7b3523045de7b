//! The tax of what is left after discounts.

use crate::pricing::{
    Amount, Basket, CrossBorderPricing, Rate, TaxPair, TaxRounding, TaxSummary, Taxed, TooLarge, spread,
};

/// How the amounts of a basket are taxed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taxation {
    is_inclusive: bool,
    is_by_group: bool,
    keeps_net: bool,
    is_exempt: bool,
}

/// An amount in the channel's mode, with what a foreign rate or an exemption makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taxable {
    amount: Amount,
    pub rate: Rate,
}

impl Taxation {
    pub fn of(basket: &Basket) -> Self {
        Self {
            is_inclusive: basket.terms.prices_include_tax,
            is_by_group: basket.terms.tax_rounding == TaxRounding::RateGroup,
            keeps_net: basket.terms.cross_border == CrossBorderPricing::KeepNet,
            is_exempt: basket.buyer.is_tax_exempt,
        }
    }

    /// The rate that holds for a buyer.
    pub fn rate(self, pair: TaxPair) -> Rate {
        if self.is_exempt { Rate::ZERO } else { pair.zone }
    }

    /// An amount as it is taxed. An inclusive one of which the net is kept trades the home rate for the other in one
    /// step; who is exempt never pays the home rate, whatever the channel keeps.
    pub fn taxable(self, amount: Amount, pair: TaxPair) -> Result<Taxable, TooLarge> {
        let rate = self.rate(pair);
        let is_traded = self.is_inclusive && rate != pair.home && (self.keeps_net || self.is_exempt);
        let amount = if is_traded { pair.home.exchange(amount, rate)? } else { amount };
        Ok(Taxable { amount, rate })
    }

    /// An amount taxed by itself.
    pub fn alone(self, amount: Amount, pair: TaxPair) -> Result<Taxed, TooLarge> {
        let taxable = self.taxable(amount, pair)?;
        self.with_tax(taxable.amount, self.tax(taxable)?)
    }

    /// Amounts taxed as the channel rounds: each by itself, or each rate once.
    pub fn together(self, taxables: &[Taxable]) -> Result<Vec<Taxed>, TooLarge> {
        let taxes = if self.is_by_group {
            self.taxes_by_rate(taxables)?
        } else {
            taxables.iter().map(|taxable| self.tax(*taxable)).collect::<Result<_, _>>()?
        };
        let pairs = taxables.iter().zip(taxes);
        pairs.map(|(taxable, tax)| self.with_tax(taxable.amount, tax)).collect()
    }

    /// The tax of each rate, spread over what it is for.
    fn taxes_by_rate(self, taxables: &[Taxable]) -> Result<Vec<Amount>, TooLarge> {
        let mut taxes = vec![Amount::ZERO; taxables.len()];
        for rate in rates(taxables.iter().map(|taxable| taxable.rate)) {
            let of_rate = || taxables.iter().filter(|taxable| taxable.rate == rate);
            let weights = of_rate().map(|taxable| taxable.amount).collect::<Vec<_>>();
            let amount = Amount::sum(weights.iter().copied())?;
            let parts = spread(self.tax(Taxable { amount, rate })?, &weights)?;
            let places = taxes.iter_mut().zip(taxables).filter(|(_, taxable)| taxable.rate == rate);
            for ((tax, _), part) in places.zip(parts) {
                *tax = part;
            }
        }
        Ok(taxes)
    }

    fn tax(self, taxable: Taxable) -> Result<Amount, TooLarge> {
        let Taxable { amount, rate } = taxable;
        if self.is_inclusive { amount.minus(rate.net_of(amount)?) } else { rate.of(amount) }
    }

    fn with_tax(self, amount: Amount, tax: Amount) -> Result<Taxed, TooLarge> {
        if self.is_inclusive {
            Ok(Taxed { net: amount.minus(tax)?, tax, gross: amount })
        } else {
            Ok(Taxed { net: amount, tax, gross: amount.plus(tax)? })
        }
    }
}

impl Taxed {
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        Ok(Self {
            net: self.net.plus(other.net)?,
            tax: self.tax.plus(other.tax)?,
            gross: self.gross.plus(other.gross)?,
        })
    }
}

/// What was taxed at each rate, the highest first.
pub(super) fn summary(taxed: &[(Rate, Taxed)]) -> Result<Vec<TaxSummary>, TooLarge> {
    let of_rate = |rate| {
        let amounts = taxed.iter().filter(|(other, _)| *other == rate);
        let sum = amounts.map(|(_, taxed)| *taxed).try_fold(Taxed::default(), Taxed::plus)?;
        Ok(TaxSummary { rate, net: sum.net, tax: sum.tax })
    };
    rates(taxed.iter().map(|(rate, _)| *rate)).into_iter().map(of_rate).collect()
}

/// Every rate once, the highest first.
fn rates(rates: impl Iterator<Item = Rate>) -> Vec<Rate> {
    let mut rates = rates.collect::<Vec<_>>();
    rates.sort_unstable_by(|a, b| b.cmp(a));
    rates.dedup();
    rates
}
