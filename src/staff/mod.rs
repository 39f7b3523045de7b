//! The people who run the shop: accounts, sign-in, sessions.
//!
//! A wrong password and an unknown address answer alike and take as long. A refresh token works once; using it again
//! revokes the whole session, unless it was used a moment ago, as two tabs of one browser do. Attempts that fail make the
//! next ones wait.

pub mod account;
mod clean_up;
pub mod graphql;
pub mod input;
pub mod session;
mod throttle;

pub use account::StaffService;
pub use clean_up::clean_up;
pub use session::SessionService;
