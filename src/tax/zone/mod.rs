//! Parts of the world with rates of their own.

pub mod area;
pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
pub mod service;
mod spec;

pub use mutation::TaxZoneMutation;
pub use query::TaxZoneQuery;
pub use service::TaxZoneService;
