//! Kinds of goods that are taxed alike, such as books or food.

pub mod graphql;
pub mod input;
pub mod known;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;

pub use mutation::TaxClassMutation;
pub use query::TaxClassQuery;
pub use service::TaxClassService;
