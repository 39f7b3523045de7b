//! What a promotion does, as staff read it, one type for each kind of action.

mod graphql;

pub use graphql::{
    PromotionBuyGetAction, PromotionGiftAction, PromotionItemsAction, PromotionOrderAction, PromotionShippingAction,
    PromotionUnitsAction,
};
