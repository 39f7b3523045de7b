//! What is paid for what is for sale, where that is not the price that the shop has set: the prices of price lists, and
//! the promotions of the catalogue after them.
//!
//! Where no rule holds for the reader nothing is read and nothing computed. Where rules name nothing but products,
//! prices are computed from what is there; otherwise one batch serves a page, by statements whose number does not
//! depend on its rows. Filters, sorts, and the history of prices are about the prices that the shop has set.

mod facts;
pub mod graphql;
mod list_price;
pub mod loader;
mod pricer;

pub use list_price::open_prices;
pub use pricer::{Offer, Priced, Tier};
