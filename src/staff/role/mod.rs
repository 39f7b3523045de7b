//! Roles: sets of permissions that staff have, everywhere or in some channels only.
//!
//! Whoever changes roles, or gives and takes them, has all of them locked first ([`Roles::take`]). So what a role gives
//! stays as it is while it is given, and of two owners who take the role from each other one comes second.

pub mod graphql;
pub mod input;
pub mod loader;
pub mod mutation;
pub mod query;
mod service;
mod spec;
mod standing;

pub use mutation::RoleMutation;
pub use query::RoleQuery;
pub use service::RoleService;
pub use standing::{RoleState, Roles};
