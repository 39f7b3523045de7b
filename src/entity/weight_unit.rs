//! The unit in which a weight is shown.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::Serialize;

/// The unit in which a weight is shown; it is always stored in grams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum WeightUnit {
    /// Grams.
    #[sea_orm(string_value = "G")]
    G,
    /// Kilograms.
    #[sea_orm(string_value = "KG")]
    Kg,
    /// Ounces.
    #[sea_orm(string_value = "OZ")]
    Oz,
    /// Pounds.
    #[sea_orm(string_value = "LB")]
    Lb,
}
