//! What staff send about ways of delivery.

use async_graphql::InputObject;

use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::graphql::scalar::{CurrencyCode, Decimal, MetadataEntryInput};
use crate::id::{CustomerGroupId, PickupLocationId, ProductId, TaxClassId};
use crate::patch::Patch;

/// A new way of delivery.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingMethodCreateInput {
    /// The name as shoppers read it, at most 200 characters.
    pub name: String,
    /// What shoppers should know of it, as plain text of at most 1,000 characters.
    pub description: Option<String>,
    /// Whether the goods are brought or fetched.
    #[graphql(default)]
    pub kind: ShippingMethodKind,
    /// The id of the place where the goods are fetched; given exactly where they are.
    pub pickup_location: Option<PickupLocationId>,
    /// The lower comes first, of equals the older; after all others of the zone if absent.
    pub position: Option<i32>,
    /// Whether shoppers can choose it.
    #[graphql(default = true)]
    pub is_active: bool,
    /// What it costs: one for each currency in which it is there, at least one.
    pub rates: Vec<ShippingRateInput>,
    /// How much the goods weigh that it takes; any weight if absent.
    pub weight: Option<WeightRangeInput>,
    /// The ids of the groups whose customers can choose it, at most 100; everybody can if there are none.
    #[graphql(default)]
    pub customer_groups: Vec<CustomerGroupId>,
    /// The ids of products that it does not carry, at most 100.
    #[graphql(default)]
    pub excluded_products: Vec<ProductId>,
    /// How long it takes, if that is told.
    pub estimate: Option<DeliveryEstimateInput>,
    /// The id of the class by which it is taxed; the default rate of the country holds if absent.
    pub tax_class: Option<TaxClassId>,
    /// The id in another system of the shop, unique among methods; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a way of delivery: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingMethodUpdateInput {
    /// The version that was read; if the method has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The name as shoppers read it, at most 200 characters.
    pub name: Patch<String>,
    /// What shoppers should know of it, as plain text of at most 1,000 characters.
    pub description: Patch<String>,
    /// Whether the goods are brought or fetched.
    pub kind: Patch<ShippingMethodKind>,
    /// The id of the place where the goods are fetched; there exactly where they are.
    pub pickup_location: Patch<PickupLocationId>,
    /// The lower comes first, of equals the older.
    pub position: Patch<i32>,
    /// Whether shoppers can choose it.
    pub is_active: Patch<bool>,
    /// What it costs: one for each currency in which it is there, at least one; all are replaced.
    pub rates: Patch<Vec<ShippingRateInput>>,
    /// How much the goods weigh that it takes; both ends are replaced, null is any weight.
    pub weight: Patch<WeightRangeInput>,
    /// The ids of the groups whose customers can choose it, at most 100; all are replaced, and everybody can if there
    /// are none.
    pub customer_groups: Patch<Vec<CustomerGroupId>>,
    /// The ids of products that it does not carry, at most 100; all are replaced.
    pub excluded_products: Patch<Vec<ProductId>>,
    /// How long it takes; null if that is not told.
    pub estimate: Patch<DeliveryEstimateInput>,
    /// The id of the class by which it is taxed; the default rate of the country holds if null.
    pub tax_class: Patch<TaxClassId>,
    /// The id in another system of the shop, unique among methods; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// What a method costs in one currency, net or gross as prices of the channel are. Exactly one of `flat`, `byWeight`,
/// `byPrice` and `byQuantity` is given. Steps ascend, and the last one that is reached holds; below the first one the
/// method cannot be chosen. What is weighed, summed and counted are the goods that have to be shipped, with prices after
/// discounts.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingRateInput {
    /// The currency, once in the list.
    pub currency: CurrencyCode,
    /// The same for every cart.
    pub flat: Option<Decimal>,
    /// By what the goods weigh, at most 100 steps.
    pub by_weight: Option<Vec<ShippingWeightStepInput>>,
    /// By what the goods cost, at most 100 steps.
    pub by_price: Option<Vec<ShippingPriceStepInput>>,
    /// By how many units there are, at most 100 steps.
    pub by_quantity: Option<Vec<ShippingQuantityStepInput>>,
    /// If the goods cost that or more the method costs nothing.
    pub free_from: Option<Decimal>,
    /// The least that the goods cost for the method to be chosen.
    pub price_from: Option<Decimal>,
    /// The most that the goods cost for the method to be chosen.
    pub price_to: Option<Decimal>,
}

/// A price from a weight on.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingWeightStepInput {
    /// The weight in grams; with it the step begins.
    pub from_grams: i32,
    /// What the method costs from there on.
    pub price: Decimal,
}

/// A price from what goods cost on.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingPriceStepInput {
    /// What the goods cost, in the currency of the rate; with it the step begins.
    pub from: Decimal,
    /// What the method costs from there on.
    pub price: Decimal,
}

/// A price from a number of units on.
#[derive(Clone, Debug, InputObject)]
pub struct ShippingQuantityStepInput {
    /// The number of units; with it the step begins.
    pub from: i32,
    /// What the method costs from there on.
    pub price: Decimal,
}

/// From one weight to another, both included.
#[derive(Clone, Debug, InputObject)]
pub struct WeightRangeInput {
    /// The least in grams; none if absent.
    pub from_grams: Option<i32>,
    /// The most in grams; any if absent.
    pub to_grams: Option<i32>,
}

/// How many business days a delivery takes, at most 365.
#[derive(Clone, Debug, InputObject)]
pub struct DeliveryEstimateInput {
    /// The fewest days; zero is the same day.
    pub min_days: i32,
    /// The most days.
    pub max_days: i32,
}
