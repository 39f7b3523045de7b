//! What everything costs, and why.

use crate::id::{GiftCardId, PriceListId, ProductVariantId, PromotionId, ShippingMethodId};
use crate::pricing::{Amount, Rate};

/// The answer for a basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The lines in their order, then those that promotions give.
    pub lines: Vec<QuotedLine>,
    /// What the lines cost before discounts, in the channel's mode.
    pub subtotal: Amount,
    /// What promotions of items and of the order take off the lines, in the channel's mode.
    pub discount: Amount,
    /// Every way of delivery that was given, in its order.
    pub options: Vec<ShippingOption>,
    /// That of the chosen way; `None` where none was chosen or the chosen one cannot be had.
    pub shipping: Option<QuotedShipping>,
    /// Lines and shipping.
    pub total: Taxed,
    /// By rate, the highest first.
    pub taxes: Vec<TaxSummary>,
    /// What each promotion of those that were given gave, in the order in which they were evaluated; those that gave
    /// nothing are left out.
    pub promotions: Vec<PromotionEffect>,
    /// What each gift card pays, in order; a card that pays nothing is told with zero.
    pub gift_cards: Vec<(GiftCardId, Amount)>,
    /// What is still to be paid.
    pub due: Amount,
}

/// An amount with its tax: `net + tax = gross`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taxed {
    pub net: Amount,
    pub tax: Amount,
    pub gross: Amount,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    pub variant: ProductVariantId,
    pub quantity: i64,
    /// The price of a unit in the channel.
    pub base: Amount,
    /// The price list that fixed another one.
    pub price_list: Option<PriceListId>,
    /// The promotion of the catalogue that changed it.
    pub catalogue: Option<PromotionId>,
    /// What a unit costs after both.
    pub unit: Amount,
    /// `unit × quantity`, in the channel's mode.
    pub subtotal: Amount,
    /// What promotions of items and of the order took off, in the order in which they did.
    pub discounts: Vec<Discount>,
    /// What is left, with tax.
    pub total: Taxed,
    pub rate: Rate,
    /// One unit before discounts with tax, rounded, for show: nothing is computed from it.
    pub unit_taxed: Taxed,
    /// The promotion that gives the line.
    pub gift_of: Option<PromotionId>,
}

/// What a promotion took off, in the channel's mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discount {
    pub promotion: PromotionId,
    pub amount: Amount,
    /// Whether it is a part of what the whole became cheaper by.
    pub is_of_order: bool,
}

/// What a promotion gave altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromotionEffect {
    pub promotion: PromotionId,
    /// Off lines, prices of the catalogue included.
    pub items: Amount,
    /// Off the order.
    pub order: Amount,
    /// Off shipping.
    pub shipping: Amount,
    /// Units for nothing.
    pub gifts: i64,
}

/// Whether a way of delivery can be had, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippingOption {
    pub method: ShippingMethodId,
    pub offer: Result<Offer, Ineligible>,
}

/// What a way of delivery would cost. Its tax is rounded by itself, for show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Before promotions, in the channel's mode.
    pub price: Amount,
    pub discount: Amount,
    pub total: Taxed,
}

/// Why a way of delivery cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ineligible {
    /// The goods cost too little or too much for it.
    Price,
    /// They are too light or too heavy for it.
    Weight,
    /// It is for customers of other groups.
    Group,
    /// It does not carry something.
    Product,
    /// Its table of rates begins higher.
    Rate,
    /// Nothing is to be shipped.
    Nothing,
}

/// The chosen way of delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedShipping {
    pub method: ShippingMethodId,
    /// Before promotions, in the channel's mode.
    pub price: Amount,
    pub discounts: Vec<Discount>,
    /// What is left, with tax.
    pub total: Taxed,
    pub rate: Rate,
}

/// The tax of one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxSummary {
    pub rate: Rate,
    /// What is taxed.
    pub net: Amount,
    pub tax: Amount,
}
