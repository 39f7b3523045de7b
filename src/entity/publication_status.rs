//! Whether shoppers see an object of the catalogue.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::Serialize;

/// Whether shoppers see an object of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PublicationStatus {
    /// Being prepared; only staff see it.
    #[sea_orm(string_value = "DRAFT")]
    Draft,
    /// Shoppers see it.
    #[sea_orm(string_value = "ACTIVE")]
    Active,
    /// Taken out of the shop for good, but kept for what refers to it; only staff see it.
    #[sea_orm(string_value = "ARCHIVED")]
    Archived,
}
