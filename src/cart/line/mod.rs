//! The lines of carts, and their problems.

pub mod graphql;
pub mod mutation;
