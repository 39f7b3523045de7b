//! Channels: the markets that a shop sells to.
//!
//! Exactly one channel is the default. A channel sells in its home country and maybe in others. Its currency stays what
//! it is as soon as anything has a price in it. Every channel lists every product, which [`lock`] keeps true. What makes
//! prices in it other than those that were set, [`price_rule`] knows.

mod change;
pub mod graphql;
pub mod input;
pub mod loader;
mod lock;
mod market;
mod markets;
mod memory;
pub mod mutation;
pub mod price_rule;
pub mod query;
mod service;
mod spec;

pub use change::MAX_CHANNELS;
pub use market::Market;
pub use markets::Markets;
pub use mutation::ChannelMutation;
pub use price_rule::PriceRuleMemory;
pub use query::ChannelQuery;
pub use service::{ChannelService, find, find_all};
