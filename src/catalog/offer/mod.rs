//! What is paid for what is for sale, where that is not the price that the shop has set: the prices of price lists and
//! the promotions of the catalogue.

mod list_price;

pub use list_price::open_prices;
