//! The units in which the contents of a variant are told.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::Serialize;

/// A unit of weight, volume, length, area or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MeasureUnit {
    /// Milligrams.
    #[sea_orm(string_value = "MG")]
    Mg,
    /// Grams.
    #[sea_orm(string_value = "G")]
    G,
    /// Kilograms.
    #[sea_orm(string_value = "KG")]
    Kg,
    /// Millilitres.
    #[sea_orm(string_value = "ML")]
    Ml,
    /// Centilitres.
    #[sea_orm(string_value = "CL")]
    Cl,
    /// Litres.
    #[sea_orm(string_value = "L")]
    L,
    /// Cubic metres.
    #[sea_orm(string_value = "M3")]
    M3,
    /// Centimetres.
    #[sea_orm(string_value = "CM")]
    Cm,
    /// Metres.
    #[sea_orm(string_value = "M")]
    M,
    /// Square metres.
    #[sea_orm(string_value = "M2")]
    M2,
    /// Pieces.
    #[sea_orm(string_value = "PIECE")]
    Piece,
}
