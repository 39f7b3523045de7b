//! What a node remembers of channels, which nearly every operation asks for.
//!
//! A copy serves for a second at most; those that are here when this node changes a channel end with the change. That
//! there is no such channel is never remembered, so a new one is there at once on every node.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use crate::entity::channel;
use crate::id::ChannelId;

const LIFETIME: Duration = Duration::from_secs(1);
const MOST: u64 = 1_000;

#[derive(Clone)]
pub struct ChannelMemory {
    by_slug: Cache<Option<Box<str>>, Arc<channel::Model>>,
    by_id: Cache<ChannelId, Arc<channel::Model>>,
}

impl ChannelMemory {
    pub fn new() -> Self {
        let by_slug = Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build();
        Self { by_slug, by_id: Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build() }
    }

    /// The channel of a slug, or the default channel.
    pub fn get(&self, slug: Option<&str>) -> Option<Arc<channel::Model>> {
        self.by_slug.get(&slug.map(Box::from))
    }

    pub fn get_by_id(&self, id: ChannelId) -> Option<Arc<channel::Model>> {
        self.by_id.get(&id)
    }

    pub fn keep(&self, slug: Option<&str>, channel: Arc<channel::Model>) {
        self.by_slug.insert(slug.map(Box::from), channel);
    }

    pub fn keep_by_id(&self, channel: Arc<channel::Model>) {
        self.by_id.insert(channel.id, channel);
    }

    pub fn forget_all(&self) {
        self.by_slug.invalidate_all();
        self.by_id.invalidate_all();
    }
}
