//! Collections: a tree in which shoppers browse, with members that the shop picks and puts in order, or finds by rules.
//!
//! A collection is never its own ancestor. Members keep the shop's order; a product is in a collection once.

mod arrangement;
pub mod beside;
pub mod breadcrumbs;
pub mod graphql;
pub mod input;
pub mod loader;
pub mod member_loader;
mod members;
pub mod mutation;
mod order;
pub mod publication;
pub mod query;
mod read;
pub mod rule;
pub mod service;
mod sibling;
mod told;
mod tree;

pub use mutation::CollectionMutation;
pub use query::CollectionQuery;
pub use read::CollectionReader;
pub use service::CollectionService;
