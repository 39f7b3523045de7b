//! Whether goods go to the customer or the customer comes to them.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::Serialize;

/// Who goes the last way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ShippingMethodKind {
    /// A carrier brings the goods to the customer's address.
    #[default]
    #[sea_orm(string_value = "SHIPPING")]
    Shipping,
    /// The customer fetches the goods from a pick-up location.
    #[sea_orm(string_value = "PICKUP")]
    Pickup,
}
