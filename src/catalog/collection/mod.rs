//! Collections: a tree in which shoppers browse, with members that the shop picks and puts in order.
//!
//! A collection is never its own ancestor. Members keep the shop's order; a product is in a collection once.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod member_loader;
mod members;
pub mod mutation;
pub mod publication;
pub mod query;
mod read;
pub mod service;
mod tree;

pub use mutation::CollectionMutation;
pub use query::CollectionQuery;
pub use read::CollectionReader;
pub use service::CollectionService;
