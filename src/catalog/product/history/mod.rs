//! The history of a product: its events as staff read them, newest first.
//!
//! A page is a range of the index by which an object's events are numbered.

mod details;
pub mod graphql;
mod loader;
