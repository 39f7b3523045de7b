//! What kind of values an attribute has, and what has them.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};

/// What kind of values an attribute has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[graphql(name = "AttributeKind")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum AttributeType {
    /// Any text of one line.
    #[sea_orm(string_value = "TEXT")]
    Text,
    /// A decimal number, which may have a unit.
    #[sea_orm(string_value = "NUMBER")]
    Number,
    /// Yes or no.
    #[sea_orm(string_value = "BOOLEAN")]
    Boolean,
    /// One or more of a list of choices.
    #[sea_orm(string_value = "CHOICE")]
    Choice,
    /// One or more of a list of colours.
    #[sea_orm(string_value = "COLOR")]
    Color,
    /// A day of the calendar.
    #[sea_orm(string_value = "DATE")]
    Date,
    /// A product or a collection.
    #[sea_orm(string_value = "REFERENCE")]
    Reference,
}

impl AttributeType {
    /// Whether its values are chosen from a list.
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Color)
    }
}

/// What has the values of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum AttributeSubject {
    /// A product as a whole.
    #[sea_orm(string_value = "PRODUCT")]
    Product,
    /// Each variant for itself.
    #[sea_orm(string_value = "VARIANT")]
    Variant,
}
