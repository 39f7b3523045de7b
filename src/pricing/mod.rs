//! What a cart costs and why, computed from what is given and from nothing else: no clock, no database, no network.
//!
//! Invariants, which hold for every [`Quote`]: the lines and the shipping add up to the total; the bases of the tax
//! summary add up to the net and its taxes to gross less net; nothing is finer than a minor unit; no discount takes a
//! line below zero. Amounts that cannot be told are [`TooLarge`], never a wrong sum.

mod amount;
mod basket;
mod batch;
mod candidate;
mod carriage;
mod catalogue;
mod cut;
mod delivery;
mod effect;
mod invariant;
mod outcome;
mod price_list;
mod promotion;
mod quote;
mod quoting;
mod rate;
mod selector;
mod spread;
mod stacking;
mod standing;
mod tax;
mod unit_price;

#[cfg(test)]
mod tests;

pub use amount::{Amount, Amounts, TooLarge};
pub use basket::{Basket, Buyer, CrossBorderPricing, GiftCard, GiftSubject, Line, ListPrice, Standpoint, Subject};
pub use basket::{TaxPair, TaxRounding, Terms};
pub use catalogue::{Catalogue, catalogue_price};
pub use delivery::{Delivery, RateStep, RateTable, ShippingMethod};
pub use promotion::{Action, Conditions, Filter, ItemDiscount, OrderDiscount, Pick, Promotion, ShippingDiscount, Span};
pub use promotion::{Named, Stacking};
pub use quote::{
    Discount, Ineligible, Offer, PromotionEffect, Quote, QuotedLine, QuotedShipping, ShippingOption, TaxSummary, Taxed,
};
pub use rate::Rate;
pub use spread::spread;
