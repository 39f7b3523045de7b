//! What a node remembers of filter bars.
//!
//! What a number means never changes, so it is remembered for as long as there is room. What was counted for shoppers
//! serves for two seconds at most, and no longer than until this node has changed anything.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use crate::catalog::facet::read::Facets;

const LIFETIME: Duration = Duration::from_secs(2);
const MOST_ANSWERS: u64 = 1_000;
const MOST_WORDS: u64 = 200_000;

/// A value that numbers stand for.
#[derive(Debug)]
pub struct Word {
    pub source: String,
    pub key: String,
    pub label: String,
}

#[derive(Clone)]
pub struct FacetMemory {
    answers: Cache<String, Arc<Facets>>,
    pub words: Cache<usize, Arc<Word>>,
}

impl FacetMemory {
    pub fn new() -> Self {
        Self {
            answers: Cache::builder().max_capacity(MOST_ANSWERS).time_to_live(LIFETIME).build(),
            words: Cache::builder().max_capacity(MOST_WORDS).build(),
        }
    }

    pub fn answer(&self, question: &str) -> Option<Arc<Facets>> {
        self.answers.get(question)
    }

    pub fn keep(&self, question: String, answer: Arc<Facets>) {
        self.answers.insert(question, answer);
    }

    pub fn forget_answers(&self) {
        self.answers.invalidate_all();
    }
}
