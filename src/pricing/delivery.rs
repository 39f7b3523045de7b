//! The ways in which the goods can come, and what each costs.

use serde::{Deserialize, Serialize};

use crate::id::{CustomerGroupId, ProductId, ShippingMethodId};
use crate::pricing::{Amount, Span, TaxPair};

/// The methods that serve the address, and the one that was chosen.
#[derive(Clone, Debug, Default)]
pub struct Delivery<'a> {
    pub methods: Vec<&'a ShippingMethod>,
    pub chosen: Option<ShippingMethodId>,
}

/// A way in which goods come to an address or are picked up, resolved for a channel's currency and an address.
///
/// Amounts, weights and units are those of the lines that require shipping, after discounts on items and on the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingMethod {
    pub id: ShippingMethodId,
    pub rates: RateTable,
    /// From which amount on it costs nothing.
    pub free_from: Option<Amount>,
    pub price: Span<Amount>,
    /// In grams.
    pub weight: Span<i64>,
    /// For the customers of any of these groups; for everybody if there are none.
    pub groups: Vec<CustomerGroupId>,
    /// It does not carry these.
    pub excluded_products: Vec<ProductId>,
    pub tax: TaxPair,
}

/// What a method costs. The last step that is reached holds; below the first one the method is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RateTable {
    Flat(Amount),
    /// Steps in grams.
    ByWeight(Vec<RateStep>),
    /// Steps in minor units.
    ByPrice(Vec<RateStep>),
    /// Steps in units.
    ByQuantity(Vec<RateStep>),
}

/// From a measure on it costs an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateStep {
    pub from: i64,
    pub price: Amount,
}
