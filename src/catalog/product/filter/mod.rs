//! Which products a list asks for: a filter is read once, against the shop's attributes, and is then a condition on
//! products joined with their listing.
//!
//! What a filter bar counts is kept apart from the rest, because each count leaves out its own selection.

mod attribute;
mod checked;
mod condition;

pub use checked::{Alternatives, CheckedFilter, Source};
