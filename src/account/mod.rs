//! Accounts, of customers and of those who run the shop: signing in, sessions, passwords, addresses, links in mails.
//!
//! A wrong password and an unknown address answer alike and take as long. A refresh token works once; using it again
//! revokes the whole session, unless it was used a moment ago, as two tabs of one browser do. Attempts that fail make the
//! next ones wait. What a link in a mail opens, it opens once.

#[expect(clippy::module_inception, reason = "it holds what the module is named after")]
pub mod account;
mod authenticate;
mod clean_up;
mod email;
pub mod even;
pub mod grants;
pub mod graphql;
pub mod input;
pub mod link;
pub mod mutation;
pub mod notice;
pub mod password;
pub mod session;
pub mod sign_in;
pub mod throttle;

pub use authenticate::{API_TOKEN_PREFIX, Authenticator};
pub use clean_up::clean_up;
pub use email::EmailService;
pub use mutation::AccountMutation;
pub use password::PasswordService;
pub use session::SessionService;
pub use sign_in::SignInService;
