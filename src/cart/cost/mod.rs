//! What things cost and why, as clients read it.

pub mod graphql;
