//! What staff send about rates of tax.

use async_graphql::InputObject;

use crate::graphql::scalar::{DateTime, Decimal};
use crate::id::TaxClassId;
use crate::patch::Patch;

/// A new rate of a zone. Rates of one class do not overlap in time.
#[derive(Clone, Debug, InputObject)]
pub struct TaxRateCreateInput {
    /// The version of the zone that was read; if it has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The id of the class that it is for; if absent, it is the zone's default rate, which holds for what has no class and
    /// for classes that have no rate of their own.
    pub tax_class: Option<TaxClassId>,
    /// What people call it, such as "VAT"; at most 200 characters.
    pub name: String,
    /// The percentage of the net price, from 0 to 100 with at most four decimal places.
    pub percentage: Decimal,
    /// The first instant at which it holds; if absent, it has always held.
    pub starts_at: Option<DateTime>,
    /// The first instant at which it holds no more; if absent, no end is known.
    pub ends_at: Option<DateTime>,
}

/// Changes of a rate: what is absent stays as it is, null clears it where that is possible.
#[derive(Clone, Debug, InputObject)]
pub struct TaxRateUpdateInput {
    /// The version of the zone that was read; if it has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// The id of the class that it is for; null for the zone's default rate.
    pub tax_class: Patch<TaxClassId>,
    /// What people call it, such as "VAT"; at most 200 characters.
    pub name: Patch<String>,
    /// The percentage of the net price, from 0 to 100 with at most four decimal places.
    pub percentage: Patch<Decimal>,
    /// The first instant at which it holds; null if it has always held.
    pub starts_at: Patch<DateTime>,
    /// The first instant at which it holds no more; null if no end is known.
    pub ends_at: Patch<DateTime>,
}
