//! What a node remembers of the rules of a channel, which every page with prices asks for.
//!
//! A copy serves for a second at most; those that are here when this node changes a rule end with the change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use crate::channel::price_rule::PriceRules;
use crate::id::ChannelId;

const LIFETIME: Duration = Duration::from_secs(1);
const MOST: u64 = 1_000;

/// Whoever commits a change of a promotion of the catalogue or of a price list calls [`Self::forget`] then.
#[derive(Clone)]
pub struct PriceRuleMemory {
    rules: Cache<ChannelId, Arc<PriceRules>>,
    /// Counts the changes of this node.
    changes: Arc<AtomicU64>,
}

/// How many changes there were when somebody began to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading(u64);

impl Default for PriceRuleMemory {
    fn default() -> Self {
        let rules = Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build();
        Self { rules, changes: Arc::default() }
    }
}

impl PriceRuleMemory {
    pub fn get(&self, channel: ChannelId) -> Option<Arc<PriceRules>> {
        self.rules.get(&channel)
    }

    /// Has to come before the rules are read that shall be kept.
    pub fn begin(&self) -> Reading {
        Reading(self.changes.load(Ordering::SeqCst))
    }

    /// Keeps what was read, unless this node has changed a rule since.
    pub fn keep(&self, channel: ChannelId, rules: &Arc<PriceRules>, reading: Reading) {
        if self.begin() == reading {
            self.rules.insert(channel, Arc::clone(rules));
            // A change may have come between the question and the answer.
            if self.begin() != reading {
                self.rules.invalidate(&channel);
            }
        }
    }

    pub fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.rules.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let memory = PriceRuleMemory::default();
        let (channel, rules) = (ChannelId::generate(), Arc::new(PriceRules::default()));

        let early = memory.begin();
        memory.forget();
        memory.keep(channel, &rules, early);
        assert!(memory.get(channel).is_none());

        memory.keep(channel, &rules, memory.begin());
        assert!(memory.get(channel).is_some());
        memory.forget();
        assert!(memory.get(channel).is_none());
    }
}
