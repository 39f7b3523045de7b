//! How a way of delivery shall stand, checked and free of any wire format.

use serde::Serialize;
use serde_json::Value;

use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::shipping_method as row;
use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::error::{Result, UserError};
use crate::id::{CustomerGroupId, PickupLocationId, ProductId, ShippingMethodId, ShippingZoneId, TaxClassId};
use crate::patch::Patch;
use crate::pricing::Span;
use crate::shipping::method::document;
use crate::shipping::method::input::{
    DeliveryEstimateInput, ShippingMethodCreateInput, ShippingMethodUpdateInput, WeightRangeInput,
};
use crate::shipping::rate::{ShippingRates, check_span, not_below_zero};

const DESCRIPTION_LENGTH: usize = 1_000;
const MAX_DAYS: i32 = 365;

/// A whole method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodSpec {
    name: String,
    description: Option<String>,
    kind: ShippingMethodKind,
    pickup_location: Option<PickupLocationId>,
    position: i64,
    is_active: bool,
    rates: ShippingRates,
    /// In grams.
    weight: Span<i64>,
    /// Sorted, as the products are.
    customer_groups: Vec<CustomerGroupId>,
    excluded_products: Vec<ProductId>,
    /// The fewest and the most business days.
    estimate: Option<(i64, i64)>,
    tax_class: Option<TaxClassId>,
    external_id: Option<String>,
    metadata: Value,
    private_metadata: Value,
}

impl MethodSpec {
    /// Checks the input of a creation; the next position is taken where none is given.
    pub fn read(checks: &mut Checks, input: ShippingMethodCreateInput, next: i64) -> Self {
        let spec = Self {
            name: checks.name("name", &input.name, "A name"),
            description: description(checks, input.description),
            kind: input.kind,
            pickup_location: input.pickup_location,
            position: input.position.map_or(next, i64::from),
            is_active: input.is_active,
            rates: ShippingRates::check(checks, input.rates),
            weight: input.weight.map_or_else(Span::default, |range| weight(checks, range)),
            customer_groups: sorted(input.customer_groups),
            excluded_products: sorted(input.excluded_products),
            estimate: input.estimate.map(|days| estimate(checks, days)),
            tax_class: input.tax_class,
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        spec.check_pickup(checks);
        spec
    }

    /// How a method stands.
    pub fn of(row: &row::Model) -> Result<Self> {
        Ok(Self {
            name: row.name.clone(),
            description: row.description.clone(),
            kind: row.kind,
            pickup_location: row.pickup_location_id,
            position: row.position,
            is_active: row.is_active,
            rates: document::rates(row)?,
            weight: Span { from: row.weight_from_grams, to: row.weight_to_grams },
            customer_groups: document::customer_groups(row)?,
            excluded_products: document::excluded_products(row)?,
            estimate: row.min_days.zip(row.max_days),
            tax_class: row.tax_class_id,
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        })
    }

    /// How it stands after an update.
    pub fn apply(self, checks: &mut Checks, input: ShippingMethodUpdateInput) -> Self {
        let name = checks.needed("name", input.name);
        let spec = Self {
            name: name.map_or(self.name, |name| checks.name("name", &name, "A name")),
            description: match input.description {
                Patch::Keep => self.description,
                Patch::Clear => None,
                Patch::Set(text) => description(checks, Some(text)),
            },
            kind: checks.needed("kind", input.kind).unwrap_or(self.kind),
            pickup_location: input.pickup_location.apply(self.pickup_location),
            position: checks.needed("position", input.position).map_or(self.position, i64::from),
            is_active: checks.needed("isActive", input.is_active).unwrap_or(self.is_active),
            rates: match checks.needed("rates", input.rates) {
                Some(rates) => ShippingRates::check(checks, rates),
                None => self.rates,
            },
            weight: match input.weight {
                Patch::Keep => self.weight,
                Patch::Clear => Span::default(),
                Patch::Set(range) => weight(checks, range),
            },
            customer_groups: input.customer_groups.into_change().map_or(self.customer_groups, sorted),
            excluded_products: input.excluded_products.into_change().map_or(self.excluded_products, sorted),
            estimate: input.estimate.map(|days| estimate(checks, days)).apply(self.estimate),
            tax_class: input.tax_class.apply(self.tax_class),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        };
        spec.check_pickup(checks);
        spec
    }

    /// The row of a new method.
    pub fn to_row(&self, id: ShippingMethodId, zone: ShippingZoneId) -> Result<row::Model> {
        let now = Timestamp::now();
        let (min_days, max_days) = self.estimate.unzip();
        Ok(row::Model {
            id,
            shipping_zone_id: zone,
            name: self.name.clone(),
            description: self.description.clone(),
            kind: self.kind,
            pickup_location_id: self.pickup_location,
            position: self.position,
            is_active: self.is_active,
            rates: document::write(&self.rates)?,
            weight_from_grams: self.weight.from,
            weight_to_grams: self.weight.to,
            customer_groups: document::write(&self.customer_groups)?,
            excluded_products: document::write(&self.excluded_products)?,
            min_days,
            max_days,
            tax_class_id: self.tax_class,
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            private_metadata: self.private_metadata.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
        })
    }

    fn check_pickup(&self, checks: &mut Checks) {
        match (self.kind, self.pickup_location) {
            (ShippingMethodKind::Pickup, None) => {
                let message = "Say where the goods are fetched, or make it a method by which they are shipped.";
                let error = UserError::required(checks.path("pickupLocation"), "").with_message(message);
                checks.push(error);
            }
            (ShippingMethodKind::Shipping, Some(_)) => {
                let message =
                    "Goods that are shipped are not fetched: leave the location out, or make the kind PICKUP.";
                checks.push(UserError::invalid(checks.path("pickupLocation"), message));
            }
            _ => {}
        }
    }
}

fn description(checks: &mut Checks, text: Option<String>) -> Option<String> {
    checks.optional("description", text, "The description", DESCRIPTION_LENGTH)
}

fn weight(checks: &mut Checks, range: WeightRangeInput) -> Span<i64> {
    checks.within("weight", |checks| {
        let mut grams = |field: &str, grams: Option<i32>| grams.map(|grams| not_below_zero(checks, field, grams));
        let span = Span { from: grams("fromGrams", range.from_grams), to: grams("toGrams", range.to_grams) };
        check_span(checks, "toGrams", &span);
        span
    })
}

fn estimate(checks: &mut Checks, days: DeliveryEstimateInput) -> (i64, i64) {
    checks.within("estimate", |checks| {
        for (field, days) in [("minDays", days.min_days), ("maxDays", days.max_days)] {
            if !(0..=MAX_DAYS).contains(&days) {
                let message = format!("A delivery takes from 0 to {MAX_DAYS} business days.");
                checks.push(UserError::invalid(checks.path(field), message));
            }
        }
        let (least, most) = (i64::from(days.min_days), i64::from(days.max_days));
        check_span(checks, "maxDays", &Span { from: Some(least), to: Some(most) });
        (least, most)
    })
}

/// Each once.
fn sorted<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
