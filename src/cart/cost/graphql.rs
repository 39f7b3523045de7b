//! What things cost and why, as clients read it.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};

use crate::cart::priced::PricedCart;
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::{Decimal, Money, TaxedMoney};
use crate::id::PromotionId;
use crate::pricing::{Amount, Discount, PromotionEffect, QuotedLine, TaxSummary, Taxed};
use crate::promotion::Candidate;

/// Makes what clients read of amounts in a cart's currency.
#[derive(Clone)]
pub struct Reckoning(pub Arc<PricedCart>);

impl Reckoning {
    pub fn money(&self, amount: Amount) -> Prompted<Money> {
        Prompted(self.0.context.market.money(amount.minor()).into())
    }

    pub fn taxed(&self, amount: Taxed) -> Prompted<TaxedMoney> {
        Prompted(TaxedMoney::new(self.0.context.market.currency, amount))
    }

    fn promotion(&self, id: PromotionId) -> Option<Prompted<AppliedPromotion>> {
        let mut candidates = self.0.context.promotions.promotions.iter();
        candidates.find(|candidate| candidate.rule.id == id).map(|found| Prompted(AppliedPromotion(found.clone())))
    }

    pub fn discounts(&self, discounts: &[Discount]) -> Vec<Prompted<AppliedDiscount>> {
        let one = |discount: &Discount| {
            let promotion = self.promotion(discount.promotion)?;
            let (amount, is_of_order) = (self.money(discount.amount), discount.is_of_order);
            Some(Prompted(AppliedDiscount { promotion, amount, is_of_order }))
        };
        discounts.iter().filter_map(one).collect()
    }

    pub fn effects(&self) -> Vec<Prompted<PromotionSummary>> {
        let one = |effect: &PromotionEffect| {
            Some(Prompted(PromotionSummary {
                promotion: self.promotion(effect.promotion)?,
                items: self.money(effect.items),
                order: self.money(effect.order),
                shipping: self.money(effect.shipping),
                gifts: i32::try_from(effect.gifts).unwrap_or(i32::MAX),
            }))
        };
        self.0.quote.promotions.iter().filter_map(one).collect()
    }

    pub fn taxes(&self) -> Vec<Prompted<TaxTotal>> {
        let one = |tax: &TaxSummary| TaxTotal {
            percentage: tax.rate.into(),
            net: self.money(tax.net),
            tax: self.money(tax.tax),
        };
        self.0.quote.taxes.iter().map(|tax| Prompted(one(tax))).collect()
    }

    pub fn line(&self, line: &QuotedLine) -> Prompted<CartLineCost> {
        Prompted(CartLineCost {
            base_price: self.money(line.base),
            unit_price: self.taxed(line.unit_taxed),
            promotion: line.catalogue.and_then(|id| self.promotion(id)),
            subtotal: self.money(line.subtotal),
            discounts: self.discounts(&line.discounts),
            total: self.taxed(line.total),
            tax_percentage: line.rate.into(),
        })
    }
}

/// A promotion that gave something to a cart.
pub struct AppliedPromotion(Candidate);

/// A promotion that gave something.
#[Object]
impl AppliedPromotion {
    /// The id.
    async fn id(&self) -> ID {
        self.0.row.id.into()
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// What it is about, for shoppers; may be empty.
    async fn description(&self) -> &str {
        &self.0.row.description
    }

    /// The code that brought it; null if it applies by itself.
    async fn code(&self) -> Option<&str> {
        self.0.code.as_ref().map(|code| code.code.as_str())
    }
}

/// What a promotion took off.
#[derive(SimpleObject)]
pub struct AppliedDiscount {
    /// The promotion.
    promotion: Prompted<AppliedPromotion>,
    /// By how much it became cheaper, with tax where the channel's prices include it.
    amount: Prompted<Money>,
    /// Whether it is a part of what the whole order became cheaper by.
    is_of_order: bool,
}

/// What a promotion gave to a cart altogether; with tax where the channel's prices include it.
#[derive(SimpleObject)]
pub struct PromotionSummary {
    /// The promotion.
    promotion: Prompted<AppliedPromotion>,
    /// Off single items, reduced prices of the catalogue included.
    items: Prompted<Money>,
    /// Off the order as a whole.
    order: Prompted<Money>,
    /// Off shipping.
    shipping: Prompted<Money>,
    /// How many units it gave for nothing.
    gifts: i32,
}

/// The tax of one rate.
#[derive(SimpleObject)]
pub struct TaxTotal {
    /// The rate in percent.
    percentage: Decimal,
    /// What is taxed at this rate, without the tax.
    net: Prompted<Money>,
    /// The tax.
    tax: Prompted<Money>,
}

/// What a line costs, and why.
#[derive(SimpleObject)]
pub struct CartLineCost {
    /// The price of a unit in the channel, before price lists and promotions.
    base_price: Prompted<Money>,
    /// What one unit costs, converted by itself and rounded, for show: nothing is computed from its net or tax.
    unit_price: Prompted<TaxedMoney>,
    /// The promotion of the catalogue that changed the price of a unit; null if none did.
    promotion: Option<Prompted<AppliedPromotion>>,
    /// What all units cost before discounts, with tax where the channel's prices include it.
    subtotal: Prompted<Money>,
    /// What promotions take off the line, in the order in which they do; at most one for each promotion.
    discounts: Vec<Prompted<AppliedDiscount>>,
    /// What is left to pay for the line.
    total: Prompted<TaxedMoney>,
    /// The rate of its tax in percent.
    tax_percentage: Decimal,
}

macro_rules! prompt {
    ($($name:ty),+) => {$(
        impl Prompt for $name {
            fn is_prompt(&self, _field: &str) -> bool {
                true
            }
        }
    )+};
}

prompt!(AppliedPromotion, AppliedDiscount, PromotionSummary, TaxTotal, CartLineCost);
