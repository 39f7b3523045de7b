//! Price lists: what variants cost for some groups of customers, or from some number of units on.
//!
//! A list that is open to a buyer fixes the price of a unit before any promotion changes it; of several the lowest
//! price whose quantity is reached holds. One without groups is for everybody. Its prices are amounts of one currency,
//! which stays what it is while there are any. What it changes on pages other nodes may learn a second later.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
mod prices;
pub mod query;
mod service;
mod spec;

pub use crate::catalog::offer::open_prices;
pub use mutation::PriceListMutation;
pub use query::PriceListQuery;
pub use service::PriceListService;
