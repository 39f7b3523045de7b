//! What a capability gives the runner to do.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

use crate::error::Result;
use crate::id::{EventId, JobId};

/// A job as its work sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub id: JobId,
    pub payload: Value,
    /// The event whose effect it is. Done again for the same event, it leads to the same.
    pub event: Option<EventId>,
    /// Counted from 1.
    pub attempt: u32,
}

/// What becomes of a job that has succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Done,
    /// It is to be done again after some time, and so on for good.
    Again(Duration),
}

/// How jobs of one kind are done.
pub trait Work: Send + Sync {
    /// The kind's name; it is kept in the database.
    fn kind(&self) -> &'static str;

    /// Where the shop has one job of this kind that comes again and again, a number for it.
    fn standing(&self) -> Option<u128> {
        None
    }

    /// Does a job. It may be dropped when the server ends, and done again elsewhere.
    fn run<'a>(&'a self, task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>>;
}
