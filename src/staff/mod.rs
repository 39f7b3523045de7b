//! The people who run the shop, their roles, and what they may do.
//!
//! Nobody gives what he lacks: who makes or changes a role, gives it to somebody, or makes a token, has all that is in it.
//! The role that holds everything never loses its last holder.

pub mod account;
pub mod graphql;
pub mod input;

pub use account::StaffService;
pub use graphql::StaffMutation;
