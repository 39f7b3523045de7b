//! The catalogue: products, their variants, and the collections that present them.
//!
//! Invariants: a product's slug and a variant's SKU are unique; a variant is one combination of its product's option
//! values; shoppers see a product in a channel exactly while it is active, assigned to the channel, within its span of
//! time, and has an active variant with a price there; the listing of every channel is brought up to date in the
//! transaction of the change; what is in the stock ledger is archived, never deleted.

pub mod attribute;
pub mod collection;
pub mod facet;
pub mod image;
pub mod listing;
pub mod offer;
pub mod product;
pub mod publication;
pub mod redirect;
pub mod status;
pub mod variant;
