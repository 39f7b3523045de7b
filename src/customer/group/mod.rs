//! Groups of customers whom something concerns together, such as prices.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod members;
pub mod mutation;
pub mod query;
mod service;

pub use mutation::CustomerGroupMutation;
pub use query::CustomerGroupQuery;
pub use service::CustomerGroupService;
