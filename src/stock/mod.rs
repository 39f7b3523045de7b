//! Stock: how many units lie where, with a ledger that proves it.
//!
//! Every change of a level writes one movement in the same transaction, so that at any time a level is the sum of its
//! movements. Changes of one variant take turns on its row.

mod bulk;
mod counts;
pub mod graphql;
pub mod input;
pub mod loader;

mod service;

pub use counts::{Count, Units, count_all};
pub use service::{Place, StockService, count, count_first, default_location, locations};
