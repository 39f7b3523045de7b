//! What the variants of a product differ in.

pub mod graphql;
