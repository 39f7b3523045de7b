//! What a node remembers of filter bars.
//!
//! What is read serves for some seconds, and no longer than until somebody who runs the shop has changed something by way
//! of this node: each such change begins a new age, and what was read in an earlier one is not looked at again. What a
//! number means never changes, but how it is spelled does.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use moka::sync::Cache;
use tokio::sync::Mutex;

use crate::catalog::facet::read::Facets;
use crate::catalog::facet::tally::Listings;
use crate::catalog::product::list::Among;
use crate::error::Result;
use crate::id::ChannelId;

const ANSWER_LIFETIME: Duration = Duration::from_secs(2);
const LIST_LIFETIME: Duration = Duration::from_secs(8);
/// A list that is older is read again while it serves on.
const LIST_FRESH: Duration = Duration::from_secs(2);
const MOST_ANSWERS: u64 = 1_000;
const MOST_LISTS: u64 = 10_000;
/// Room for lists in bytes: for about a million and a half listings.
const LIST_ROOM: u64 = 128 << 20;
/// What a list takes that has nothing in it.
const LEAST_ROOM: usize = 256;
const WORD_LIFETIME: Duration = Duration::from_secs(8);
const MOST_WORDS: u64 = 200_000;

/// A value that numbers stand for.
#[derive(Debug)]
pub struct Word {
    pub source: String,
    pub key: String,
    pub label: String,
}

/// What shoppers are shown of a channel.
pub type ListKey = (ChannelId, Among);

struct List {
    listings: Arc<Listings>,
    age: u64,
    since: Instant,
}

#[derive(Clone)]
pub struct FacetMemory {
    age: Arc<AtomicU64>,
    answers: Cache<(u64, String), Arc<Facets>>,
    lists: Cache<ListKey, Arc<List>>,
    /// Who holds the lock of a list reads it; the others wait, and find it read.
    turns: Cache<ListKey, Arc<Mutex<()>>>,
    words: Cache<(u64, usize), Arc<Word>>,
}

/// The words of one age.
pub struct Words<'a> {
    age: u64,
    words: &'a Cache<(u64, usize), Arc<Word>>,
}

impl Words<'_> {
    pub fn get(&self, code: usize) -> Option<Arc<Word>> {
        self.words.get(&(self.age, code))
    }

    pub fn insert(&self, code: usize, word: Arc<Word>) {
        self.words.insert((self.age, code), word);
    }
}

impl FacetMemory {
    pub fn new() -> Self {
        let room_of =
            |_: &ListKey, list: &Arc<List>| u32::try_from(LEAST_ROOM + list.listings.size()).unwrap_or(u32::MAX);
        Self {
            age: Arc::default(),
            answers: Cache::builder().max_capacity(MOST_ANSWERS).time_to_live(ANSWER_LIFETIME).build(),
            lists: Cache::builder().max_capacity(LIST_ROOM).weigher(room_of).time_to_live(LIST_LIFETIME).build(),
            turns: Cache::new(MOST_LISTS),
            words: Cache::builder().max_capacity(MOST_WORDS).time_to_live(WORD_LIFETIME).build(),
        }
    }

    pub fn begin_age(&self) {
        self.age.fetch_add(1, Ordering::SeqCst);
    }

    fn age(&self) -> u64 {
        self.age.load(Ordering::SeqCst)
    }

    /// What is remembered of words; what is read from now on is remembered for this age only.
    pub fn words(&self) -> Words<'_> {
        Words { age: self.age(), words: &self.words }
    }

    /// The answer to a question, if it was given in this age; else what gives it is awaited.
    pub async fn answer(&self, question: String, give: impl Future<Output = Result<Facets>>) -> Result<Arc<Facets>> {
        let question = (self.age(), question);
        if let Some(answer) = self.answers.get(&question) {
            return Ok(answer);
        }
        let answer = Arc::new(give.await?);
        self.answers.insert(question, Arc::clone(&answer));
        Ok(answer)
    }

    /// A list of this age. If it has to be read, one reads it for all who ask at that time; if it is due, it serves while
    /// it is read again.
    pub async fn list<F>(&self, key: ListKey, read: impl FnOnce() -> F) -> Result<Arc<Listings>>
    where
        F: Future<Output = Result<Listings>> + Send + 'static,
    {
        let age = self.age();
        let known = || self.lists.get(&key).filter(|list| list.age >= age);
        let turns = self.turns.get_with(key, Arc::default);
        if let Some(list) = known() {
            if list.since.elapsed() > LIST_FRESH
                && let Ok(turn) = Arc::clone(&turns).try_lock_owned()
            {
                let (memory, read) = (self.clone(), read());
                tokio::spawn(async move {
                    if let Err(error) = memory.renew(key, read).await {
                        tracing::warn!(%error, "a list of products could not be read again for its filter bar");
                    }
                    drop(turn);
                });
            }
            return Ok(Arc::clone(&list.listings));
        }
        let _turn = turns.lock().await;
        match known() {
            Some(list) => Ok(Arc::clone(&list.listings)),
            None => self.renew(key, read()).await,
        }
    }

    async fn renew(&self, key: ListKey, read: impl Future<Output = Result<Listings>>) -> Result<Arc<Listings>> {
        let (age, since) = (self.age(), Instant::now());
        let listings = Arc::new(read.await?);
        self.lists.insert(key, Arc::new(List { listings: Arc::clone(&listings), age, since }));
        Ok(listings)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures::future::join_all;

    use super::*;

    struct Shelf {
        memory: FacetMemory,
        reads: Arc<AtomicUsize>,
    }

    impl Shelf {
        fn new() -> Self {
            Self { memory: FacetMemory::new(), reads: Arc::default() }
        }

        async fn ask(&self, key: ListKey) -> Result<Arc<Listings>> {
            let reads = Arc::clone(&self.reads);
            let read = || async move {
                tokio::task::yield_now().await;
                reads.fetch_add(1, Ordering::SeqCst);
                Ok(Listings::default())
            };
            self.memory.list(key, read).await
        }

        fn reads(&self) -> usize {
            self.reads.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn one_reads_a_list_for_all_who_ask_at_once() {
        let (shelf, key) = (Shelf::new(), (ChannelId::generate(), Among::All));

        let found = join_all((0..20).map(|_| shelf.ask(key))).await;

        assert!(found.iter().all(Result::is_ok));
        assert_eq!(shelf.reads(), 1);
        shelf.ask((ChannelId::generate(), Among::All)).await.unwrap();
        assert_eq!(shelf.reads(), 2);
    }

    #[tokio::test]
    async fn a_list_of_an_earlier_age_is_read_again() {
        let (shelf, key) = (Shelf::new(), (ChannelId::generate(), Among::All));

        shelf.ask(key).await.unwrap();
        shelf.ask(key).await.unwrap();
        assert_eq!(shelf.reads(), 1);
        shelf.memory.begin_age();
        shelf.ask(key).await.unwrap();
        assert_eq!(shelf.reads(), 2);
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_does_not_serve_after_it() {
        let (shelf, key) = (Shelf::new(), (ChannelId::generate(), Among::All));

        let memory = shelf.memory.clone();
        let slow = memory.list(key, || {
            let memory = shelf.memory.clone();
            async move {
                memory.begin_age();
                Ok(Listings::default())
            }
        });
        slow.await.unwrap();
        shelf.ask(key).await.unwrap();

        assert_eq!(shelf.reads(), 1);
    }

    #[tokio::test]
    async fn a_list_that_fails_to_be_read_is_tried_again() {
        let (shelf, key) = (Shelf::new(), (ChannelId::generate(), Among::All));

        let failed = shelf.memory.list(key, || async { Err(crate::error::Error::internal("gone")) }).await;

        assert!(failed.is_err());
        shelf.ask(key).await.unwrap();
        assert_eq!(shelf.reads(), 1);
    }
}
