//! What a cart costs and why, computed from what is given and from nothing else: no clock, no database, no network.
//!
//! Invariants, which hold for every [`Quote`]: the lines and the shipping add up to the total; the bases of the tax
//! summary add up to the net and its taxes to gross less net; nothing is finer than a minor unit; no discount takes a
//! line below zero. Amounts that cannot be told are [`TooLarge`], never a wrong sum.

mod amount;
mod basket;
mod delivery;
mod promotion;
mod quote;
mod rate;

pub use amount::{Amount, Amounts, TooLarge};
pub use basket::{Basket, Buyer, CrossBorderPricing, GiftCard, Line, ListPrice, Subject, TaxPair, TaxRounding, Terms};
pub use delivery::{Delivery, RateStep, RateTable, ShippingMethod};
pub use promotion::{Action, Conditions, Filter, ItemDiscount, OrderDiscount, Pick, Promotion, ShippingDiscount, Span};
pub use promotion::{Named, Stacking};
pub use quote::{
    Discount, Ineligible, Offer, PromotionEffect, Quote, QuotedLine, QuotedShipping, ShippingOption, TaxSummary, Taxed,
};
pub use rate::Rate;
