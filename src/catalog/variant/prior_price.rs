//! The lowest price of the thirty days before a price came into force, which a shop in the European Union has to tell
//! wherever it announces a reduction: Directive 98/6/EC, Article 6a, as amended by Directive (EU) 2019/2161.
//!
//! Prices before the present one are periods that end where the next begins, with gaps while there was no price. What
//! lasted for nothing, because two changes fell on one instant, was nobody's price.
//!
//! Nor was a price that was never offered: periods count from the first instant at which the channel showed the product.
//! What was offered once and is hidden since still counts, as it was offered in those thirty days.
//!
//! The prices are those that the shop has set: price lists are for some, and promotions announce the reduction of which
//! this price is the other side.

pub mod loader;

use std::time::Duration;

use crate::clock::Timestamp;

/// How far back the law looks.
const SPAN: Duration = Duration::from_hours(30 * 24);

/// The same as the database counts it.
pub fn span_in_micros() -> i64 {
    Timestamp::from_micros(0).after(SPAN).as_micros()
}
