//! What other systems of the shop call with: tokens with rights of their own, everywhere or in some channels only.
//!
//! Only the hash of a token is kept; it is shown once, to who makes it. A token gives nothing that its maker lacked,
//! and is never an owner.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;

pub use mutation::ApiTokenMutation;
pub use query::ApiTokenQuery;
pub use service::ApiTokenService;
