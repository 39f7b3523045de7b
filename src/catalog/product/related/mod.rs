//! Products that are shown beside another one.
//!
//! The shop's own picks come first, in its order; members of the product's collections fill up what is left. A product is
//! never related to itself, and none is there twice.

mod filling;
pub mod graphql;
pub mod loader;
mod service;

pub use graphql::ProductRelatedMutation;
