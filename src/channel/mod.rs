//! Markets: every price, listing and order belongs to one channel, and every operation is read from one [`Market`].
//!
//! There is always exactly one default channel; it is made when the database is first used.

pub mod graphql;
pub mod loader;
mod service;

pub use service::{ChannelService, Market, find};
