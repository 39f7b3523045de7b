//! What a promotion acts on, and beside which others it applies.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::Serialize;

use crate::pricing::{Action, Stacking};

/// What a promotion acts on. The classes apply in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PromotionClass {
    /// The prices of the catalogue: every page shows them. Of several the best for the shopper holds.
    #[sea_orm(string_value = "CATALOGUE")]
    Catalogue,
    /// Lines of a cart.
    #[sea_orm(string_value = "ITEMS")]
    Items,
    /// The whole cart without its shipping.
    #[sea_orm(string_value = "ORDER")]
    Order,
    /// It adds units at no price.
    #[sea_orm(string_value = "GIFT")]
    Gift,
    /// The price of delivery.
    #[sea_orm(string_value = "SHIPPING")]
    Shipping,
}

impl PromotionClass {
    pub const fn of(action: &Action) -> Self {
        match action {
            Action::Catalogue { .. } => Self::Catalogue,
            Action::Items { .. } | Action::Units { .. } | Action::BuyGet { .. } => Self::Items,
            Action::Order { .. } => Self::Order,
            Action::Gift { .. } => Self::Gift,
            Action::Shipping { .. } => Self::Shipping,
        }
    }
}

/// Beside which others a promotion applies. Those of the catalogue change prices and are not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum, EnumIter, DeriveActiveEnum, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PromotionStacking {
    /// Beside all that are not exclusive.
    #[default]
    #[sea_orm(string_value = "STACKABLE")]
    Stackable,
    /// Beside none of its own class.
    #[sea_orm(string_value = "EXCLUSIVE_IN_CLASS")]
    ExclusiveInClass,
    /// Beside none at all; of several exclusive ones the best for the shopper applies.
    #[sea_orm(string_value = "EXCLUSIVE")]
    Exclusive,
}

impl From<PromotionStacking> for Stacking {
    fn from(stacking: PromotionStacking) -> Self {
        match stacking {
            PromotionStacking::Stackable => Self::Stackable,
            PromotionStacking::ExclusiveInClass => Self::ExclusiveInClass,
            PromotionStacking::Exclusive => Self::Exclusive,
        }
    }
}
