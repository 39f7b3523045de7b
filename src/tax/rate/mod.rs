//! Rates of a zone, each for a class or for all that has none, and for a time. A rate belongs to its zone: its changes
//! are changes of the zone, whose version they bump.

pub mod graphql;
pub mod input;
pub mod mutation;
mod service;
mod spec;

pub use mutation::TaxRateMutation;
pub use service::TaxRateService;
