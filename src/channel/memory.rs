//! What a node remembers of channels, which nearly every operation asks for.
//!
//! A copy serves for a second at most; those that are here when this node changes a channel end with the change. That
//! there is no such channel is never remembered, so a new one is there at once on every node.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use crate::entity::channel;

const LIFETIME: Duration = Duration::from_secs(1);
const MOST: u64 = 1_000;

#[derive(Clone)]
pub struct ChannelMemory(Cache<Option<Box<str>>, Arc<channel::Model>>);

impl ChannelMemory {
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build())
    }

    /// The channel of a slug, or the default channel.
    pub fn get(&self, slug: Option<&str>) -> Option<Arc<channel::Model>> {
        self.0.get(&slug.map(Box::from))
    }

    pub fn keep(&self, slug: Option<&str>, channel: Arc<channel::Model>) {
        self.0.insert(slug.map(Box::from), channel);
    }

    pub fn forget_all(&self) {
        self.0.invalidate_all();
    }
}
