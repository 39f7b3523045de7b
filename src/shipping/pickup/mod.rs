//! The places where customers fetch what they bought.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;
mod spec;

pub use mutation::PickupLocationMutation;
pub use query::PickupLocationQuery;
pub use service::PickupLocationService;
pub use spec::address;
