//! The ways in which goods come to a zone, with what each costs and what it carries.

pub mod document;
pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod reference;
mod service;
mod spec;

pub use mutation::ShippingMethodMutation;
pub use query::ShippingMethodQuery;
pub use service::ShippingMethodService;
