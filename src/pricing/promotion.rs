//! What makes something cheaper, when, and by how much.

use iso_currency::Currency;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::{
    AttributeChoiceId, CollectionId, CustomerGroupId, ProductId, ProductVariantId, PromotionId, ShippingMethodId,
};
use crate::pricing::{Amounts, Rate};

/// A promotion with its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    pub id: PromotionId,
    /// The higher goes first; of equals the older.
    pub priority: i32,
    pub stacking: Stacking,
    /// The first instant at which it applies; the first that there is if open.
    pub starts_at: Option<Timestamp>,
    /// The first instant at which it applies no more.
    pub ends_at: Option<Timestamp>,
    pub conditions: Conditions,
    pub action: Action,
}

/// Beside which others a promotion of carts applies. Promotions of the catalogue change prices and are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stacking {
    /// Beside all that are not exclusive.
    Stackable,
    /// Beside none that acts on the same: items, the order, or shipping.
    ExclusiveInClass,
    /// Beside none.
    Exclusive,
}

/// All of them have to hold. What is counted and added up is what the filter names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Conditions {
    pub items: Filter,
    /// How many units; at least one where the filter names something.
    pub quantity: Span<i64>,
    /// The least that the units cost, in the channel's mode, as the steps before left it.
    pub subtotal_from: Option<Amounts>,
    /// The most that they cost.
    pub subtotal_to: Option<Amounts>,
    /// Any of these groups; everybody if there are none.
    pub groups: Vec<CustomerGroupId>,
    pub is_first_order: bool,
    /// Any of these; all if there are none.
    pub currencies: Vec<Currency>,
}

/// From one value to another, both included; open where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Span<T> {
    pub from: Option<T>,
    pub to: Option<T>,
}

impl<T> Default for Span<T> {
    fn default() -> Self {
        Self { from: None, to: None }
    }
}

impl<T: PartialOrd> Span<T> {
    pub fn contains(&self, value: &T) -> bool {
        self.from.as_ref().is_none_or(|from| value >= from) && self.to.as_ref().is_none_or(|to| value <= to)
    }
}

/// Which units are meant: those that `only` names, or all where it names none, without those that `except` names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub only: Named,
    pub except: Named,
}

/// Units of any of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    pub products: Vec<ProductId>,
    pub variants: Vec<ProductVariantId>,
    pub collections: Vec<CollectionId>,
    pub choices: Vec<AttributeChoiceId>,
}

impl Named {
    pub fn is_empty(&self) -> bool {
        self.products.is_empty() && self.variants.is_empty() && self.collections.is_empty() && self.choices.is_empty()
    }
}

/// What a promotion does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "a shop has few promotions, and most of them hold filters")]
pub enum Action {
    /// Changes the price of every unit that is meant, on pages too; of several the best for the shopper holds. Only
    /// the filter, groups, currencies and dates are asked; quantity, subtotal and first order are not.
    Catalogue { discount: ItemDiscount, items: Filter },
    /// Makes all units that are meant cheaper.
    Items { discount: ItemDiscount, items: Filter },
    /// Makes so many of the cheapest or dearest units that are meant cheaper.
    Units { discount: ItemDiscount, items: Filter, pick: Pick, units: i64 },
    /// Who buys so many units of one kind gets so many of another cheaper, for each complete batch.
    BuyGet {
        buy: Filter,
        buy_units: i64,
        get: Filter,
        get_units: i64,
        discount: ItemDiscount,
        pick: Pick,
        most_batches: Option<i64>,
    },
    /// Makes the whole cheaper, but for shipping.
    Order { discount: OrderDiscount },
    /// Adds units at no price.
    Gift { variant: ProductVariantId, quantity: i64 },
    /// Makes delivery by any of the methods cheaper, by all if none are named.
    Shipping { discount: ShippingDiscount, methods: Vec<ShippingMethodId> },
}

/// Which units of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    Cheapest,
    Dearest,
}

/// By how much units become cheaper. Where an amount lacks the currency nothing does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemDiscount {
    Percentage(Rate),
    /// Off each unit.
    AmountEach(Amounts),
    /// Off all units that are meant together, spread over their lines. Not for the catalogue.
    AmountTogether(Amounts),
    /// Each unit costs that, if it costs more.
    PriceEach(Amounts),
}

/// By how much the whole becomes cheaper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderDiscount {
    Percentage(Rate),
    Amount(Amounts),
}

/// By how much delivery becomes cheaper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShippingDiscount {
    /// The whole makes it free.
    Percentage(Rate),
    Amount(Amounts),
    /// It costs that, if it costs more.
    Price(Amounts),
}
