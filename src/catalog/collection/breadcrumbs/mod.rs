//! The way from the top of the tree to a collection.

pub mod loader;
