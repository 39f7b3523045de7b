//! Batches what the fields of one operation ask for: one statement for each question, however many rows ask it.
//!
//! A batch is sent when every field that can run has run. No clock is involved, so the number of statements is the
//! same each time: the batches of an operation run in its own task and are looked at only after its fields.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use async_graphql::dataloader::DataLoader;
use async_graphql::runtime::Timer;
use futures::future::{BoxFuture, FutureObj};
use futures::stream::{FuturesUnordered, StreamExt};
use futures::task::{Spawn, SpawnError};
use tokio::sync::OnceCell;

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::customer_group_member;
use crate::error::{Error, Result};
use crate::id::CustomerGroupId;

/// The most keys of one batch, well below the number of parameters that a statement can have on either database.
const MAX_KEYS: usize = 10_000;

/// The most items of lists in one answer. What a list is expected to hold is weighed before an operation runs; this
/// stops one that finds much more.
const MAX_ITEMS: usize = 50_000;

/// Answers batches for one actor, and counts what the lists of the operation hold.
///
/// Many fields can share one answer, so answers with many or long rows are behind an [`Arc`].
pub struct Batches {
    pub db: Db,
    pub actor: Actor,
    /// The one instant at which the operation reads.
    pub now: Timestamp,
    groups: OnceCell<Vec<CustomerGroupId>>,
    items: AtomicUsize,
}

impl Batches {
    /// The groups that the actor belongs to as a customer. Whoever asks first reads them, for the whole operation.
    pub async fn groups(&self) -> Result<&[CustomerGroupId]> {
        let Some(customer) = self.actor.customer() else { return Ok(&[]) };
        let read = || customer_group_member::Entity::groups_of(self.db.reader(), customer.id);
        Ok(self.groups.get_or_try_init(read).await?)
    }

    /// Counts items of a list before anything is asked of them, and refuses what would be too many.
    pub fn admit(&self, items: usize) -> Result<()> {
        let before = self.items.fetch_add(items, Ordering::Relaxed);
        if before.saturating_add(items) <= MAX_ITEMS {
            return Ok(());
        }
        Err(Error::TooComplex(format!(
            "The lists of the operation hold more than {MAX_ITEMS} items. Ask for smaller pages or for fewer lists \
             inside of lists; this limit is fixed."
        )))
    }
}

/// The batches that the fields of an operation have asked for and that have not begun.
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Queue {
    /// Loaders whose batches wait in this queue.
    pub fn loader(&self, db: Db, actor: Actor) -> DataLoader<Batches> {
        let (now, groups, items) = (Timestamp::now(), OnceCell::new(), AtomicUsize::new(0));
        DataLoader::new(Batches { db, actor, now, groups, items }, self.clone(), NoDelay).max_batch_size(MAX_KEYS)
    }

    /// Runs an operation together with its batches.
    pub async fn run<F: Future>(self, operation: F) -> F::Output {
        Run { operation: Box::pin(operation), queue: self, running: FuturesUnordered::new() }.await
    }

    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Spawn for Queue {
    fn spawn_obj(&self, future: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(future);
        Ok(())
    }
}

/// A batch is already as full as it gets when it begins.
struct NoDelay;

impl Timer for NoDelay {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

struct Run<F> {
    operation: Pin<Box<F>>,
    queue: Queue,
    running: FuturesUnordered<FutureObj<'static, ()>>,
}

impl<F: Future> Future for Run<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            if let Poll::Ready(output) = self.operation.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            let batches = self.queue.take();
            self.running.extend(batches);
            match self.running.poll_next_unpin(cx) {
                // A batch has answered: fields can go on.
                Poll::Ready(Some(())) => {}
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    }
}

/// Gathers the values of each key, in the order in which they come.
pub fn group<K: std::hash::Hash + Eq, V>(pairs: impl Iterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

/// The same, to be handed out to many.
pub fn shared<K: std::hash::Hash + Eq, V>(pairs: impl Iterator<Item = (K, V)>) -> HashMap<K, Arc<Vec<V>>> {
    group(pairs).into_iter().map(|(key, values)| (key, Arc::new(values))).collect()
}
