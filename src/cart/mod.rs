//! What is about to be bought, and what it costs.
//!
//! Invariants: who knows the id of a guest's cart can use it, and a customer's cart is there for that customer alone
//! (and for staff); a customer has one active cart in a channel; writes to one cart come one after the other and none
//! is lost; a cart is priced anew at every read, so nothing in it can be out of date but what the shopper has seen,
//! which is told as a problem; reading or changing a cart runs a number of statements that its size does not change.
//!
//! An [`edit::Edit`] is a pure change of what lies in a cart. The service finds out what the cart would cost with it,
//! refuses what cannot be, and then applies it under the lock of the cart's row, to what lies there by then.

pub mod access;
pub mod attributes;
pub mod buyer;
mod clean_up;
pub mod code;
pub mod content;
pub mod context;
pub mod cost;
pub mod discount;
pub mod edit;
pub mod graphql;
mod growth;
pub mod input;
pub mod item;
pub mod line;
mod merge;
pub mod mutation;
pub mod priced;
pub mod problem;
pub mod query;
mod service;
mod spec;
mod subject;
mod verdict;
mod write;

pub use clean_up::clean_up;
pub use discount::mutation::CartDiscountMutation;
pub use line::mutation::CartLineMutation;
pub use mutation::CartMutation;
pub use query::CartQuery;
pub use service::{CartService, Changed};
