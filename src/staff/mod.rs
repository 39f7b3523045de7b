//! The people who run the shop, their roles, and what they may do.
//!
//! Nobody gives what he lacks: who makes or changes a role, gives it to somebody, or makes a token, has all that is in it.
//! The role that holds everything never loses its last holder.

pub mod account;
pub mod delegation;
pub mod graphql;
pub mod input;
mod invitation;
mod list;
pub mod loader;
pub mod mandate;
pub mod mutation;
pub mod query;
pub mod role;
mod spec;
mod update;

pub use account::StaffService;
pub use invitation::InvitationService;
pub use mutation::StaffMutation;
pub use query::StaffQuery;
pub use role::{RoleMutation, RoleQuery, RoleService};
