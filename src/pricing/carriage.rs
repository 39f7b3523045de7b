//! What the ways of delivery cost.

use crate::id::{CustomerGroupId, ProductId};
use crate::pricing::candidate::Candidate;
use crate::pricing::effect::Effect;
use crate::pricing::stacking::{Stack, settle};
use crate::pricing::standing::Standing;
use crate::pricing::{Amount, Discount, Ineligible, RateStep, RateTable, ShippingMethod, TooLarge};

/// What is to be shipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parcel {
    /// What the lines cost after discounts.
    price: Amount,
    /// In grams, with what is given.
    weight: i64,
    /// Without what is given.
    units: i64,
    products: Vec<ProductId>,
}

impl Parcel {
    /// Of the lines that require shipping; `None` if none does.
    pub fn new(standing: &Standing) -> Result<Option<Self>, TooLarge> {
        let mut parcel = Self::default();
        let lines = standing.lines.iter().zip(&standing.left);
        for (line, left) in lines.filter(|(line, _)| line.requires_shipping) {
            parcel.price = parcel.price.plus(*left)?;
            parcel.units = parcel.units.checked_add(line.quantity).ok_or(TooLarge)?;
            parcel.add(line.subject.product, line.weight_grams, line.quantity)?;
        }
        for gift in standing.gifts.iter().filter(|gift| gift.subject.requires_shipping) {
            parcel.add(gift.subject.product, gift.subject.weight_grams, gift.quantity)?;
        }
        Ok((!parcel.products.is_empty()).then_some(parcel))
    }

    fn add(&mut self, product: ProductId, weight_grams: i64, quantity: i64) -> Result<(), TooLarge> {
        let weight = weight_grams.checked_mul(quantity).ok_or(TooLarge)?;
        self.weight = self.weight.checked_add(weight).ok_or(TooLarge)?;
        self.products.push(product);
        Ok(())
    }
}

impl ShippingMethod {
    /// What it costs before promotions.
    fn price(&self, parcel: &Parcel, groups: &[CustomerGroupId]) -> Result<Amount, Ineligible> {
        if !self.groups.is_empty() && !self.groups.iter().any(|group| groups.contains(group)) {
            return Err(Ineligible::Group);
        }
        if parcel.products.iter().any(|product| self.excluded_products.contains(product)) {
            return Err(Ineligible::Product);
        }
        if !self.price.contains(&parcel.price) {
            return Err(Ineligible::Price);
        }
        if !self.weight.contains(&parcel.weight) {
            return Err(Ineligible::Weight);
        }
        let price = self.rates.price(parcel).ok_or(Ineligible::Rate)?;
        let is_free = self.free_from.is_some_and(|from| parcel.price >= from);
        Ok(if is_free { Amount::ZERO } else { price })
    }
}

impl RateTable {
    fn price(&self, parcel: &Parcel) -> Option<Amount> {
        match self {
            Self::Flat(price) => Some(*price),
            Self::ByWeight(steps) => last_reached(steps, parcel.weight),
            Self::ByPrice(steps) => last_reached(steps, parcel.price.minor()),
            Self::ByQuantity(steps) => last_reached(steps, parcel.units),
        }
    }
}

fn last_reached(steps: &[RateStep], measure: i64) -> Option<Amount> {
    let reached = steps.iter().filter(|step| step.from <= measure);
    reached.max_by_key(|step| step.from).map(|step| step.price)
}

/// Delivery by one method, as promotions leave it.
#[derive(Clone, Debug)]
pub(super) struct Carriage<'a> {
    pub method: &'a ShippingMethod,
    /// Before promotions.
    pub price: Amount,
    pub left: Amount,
    pub discounts: Vec<Discount>,
}

impl<'a> Carriage<'a> {
    /// Delivery of a parcel, if there is one, by a method; promotions of other classes are passed over.
    pub fn new(
        method: &'a ShippingMethod,
        parcel: Option<&Parcel>,
        groups: &[CustomerGroupId],
        promotions: &[&Candidate<'a>],
    ) -> Result<Result<Self, Ineligible>, TooLarge> {
        let price = parcel.ok_or(Ineligible::Nothing).and_then(|parcel| method.price(parcel, groups));
        match price {
            Ok(price) => settle(Self { method, price, left: price, discounts: Vec::new() }, promotions).map(Ok),
            Err(reason) => Ok(Err(reason)),
        }
    }
}

impl<'a> Stack<'a> for Carriage<'a> {
    fn apply(&mut self, candidate: &Candidate<'a>) -> Result<(), TooLarge> {
        if let Effect::Shipping { cut, methods } = &candidate.effect
            && (methods.is_empty() || methods.contains(&self.method.id))
        {
            let amount = cut.off(self.left)?;
            if !amount.is_zero() {
                self.left = self.left.minus(amount)?;
                self.discounts.push(Discount { promotion: candidate.promotion.id, amount, is_of_order: false });
            }
        }
        Ok(())
    }

    fn worth(&self) -> i128 {
        self.discounts.iter().map(|discount| i128::from(discount.amount.minor())).sum()
    }

    fn steps(&self) -> usize {
        self.discounts.len()
    }
}
