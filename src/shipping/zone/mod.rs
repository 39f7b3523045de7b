//! The parts of the world to which the same ways of delivery lead, and the channels that use them.

pub mod area;
pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;
mod spec;

pub use mutation::ShippingZoneMutation;
pub use query::ShippingZoneQuery;
pub use service::{ShippingZoneService, lock};
