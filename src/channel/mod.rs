//! Channels: the markets that a shop sells to.
//!
//! Exactly one channel is the default. A channel sells in its home country and maybe in others. Its currency stays what
//! it is as soon as anything has a price in it.

pub mod graphql;
pub mod loader;
mod market;
mod memory;
mod service;

pub use market::Market;
pub use service::{ChannelService, find};
