//! The data of a filter bar: how many products of a list have which value.
//!
//! Counting rows of values is too slow for a large shop. So each listing holds its product's values as numbers and its
//! prices in one short text ([`pack`] writes it), a list is one statement that joins these texts, and the counting is
//! done here ([`tally`]): in one pass, whatever is filtered by, each count without its own selection.
//!
//! Invariants: a number means one value for good; the texts are brought up to date with the listing that holds them.

pub mod graphql;
mod memory;
pub mod pack;
mod read;
mod select;
mod tally;

pub use read::FacetReader;
