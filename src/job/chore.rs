//! Work that the shop has once, and that comes again and again.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::error::Result;
use crate::job::work::{Next, Task, Work};

/// A job of a kind of its own, which is done again some time after it was done.
pub struct Chore<F> {
    pub kind: &'static str,
    /// Tells it from other chores, for good.
    pub number: u128,
    pub every: Duration,
    pub deed: F,
}

impl<F, D> Work for Chore<F>
where
    F: Fn() -> D + Send + Sync,
    D: Future<Output = Result<()>> + Send,
{
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn standing(&self) -> Option<u128> {
        Some(self.number)
    }

    fn run<'a>(&'a self, _task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>> {
        Box::pin(async move {
            (self.deed)().await?;
            Ok(Next::Again(self.every))
        })
    }
}
