//! Amounts and unit prices as clients read them.

use async_graphql::SimpleObject;

use crate::catalog::variant::measure;
use crate::channel::Market;
use crate::entity::measure_unit::MeasureUnit;
use crate::entity::product_variant;
use crate::graphql::scalar::{Decimal, Money};

/// An amount of something.
#[derive(SimpleObject)]
pub struct Measure {
    /// The number of units.
    amount: Decimal,
    /// The unit.
    unit: MeasureUnit,
}

impl From<measure::Measure> for Measure {
    fn from(measure: measure::Measure) -> Self {
        Self { amount: Decimal(measure.to_string()), unit: measure.unit }
    }
}

/// What a fixed amount of something costs.
#[derive(SimpleObject)]
pub struct UnitPrice {
    /// The price of that amount, rounded half away from zero.
    price: Money,
    /// The amount.
    per: Measure,
}

impl UnitPrice {
    pub fn of(row: &product_variant::Model, price_minor: i64, market: &Market) -> Option<Self> {
        let content = row.content()?;
        let per = row.unit_price_reference().unwrap_or_else(|| measure::Measure::usual_reference(content.unit));
        let minor = measure::unit_price(price_minor, content, per)?;
        Some(Self { price: market.money(minor).into(), per: per.into() })
    }
}
