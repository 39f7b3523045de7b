//! Knows whether the server is going away, and which mutations are still at work then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

#[derive(Clone)]
pub(super) struct Drain(Arc<Inner>);

struct Inner {
    draining: AtomicBool,
    running: watch::Sender<usize>,
}

impl Default for Drain {
    fn default() -> Self {
        Self(Arc::new(Inner { draining: AtomicBool::new(false), running: watch::Sender::new(0) }))
    }
}

impl Drain {
    pub(super) fn begin(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Work that must end before the process does. It counts until what is returned is dropped.
    pub(super) fn work(&self) -> Work {
        self.0.running.send_modify(|running| *running += 1);
        Work(self.clone())
    }

    /// Waits until no work is left.
    pub(super) async fn idle(&self) {
        // The sender lives in `self`, so the channel cannot close meanwhile.
        let _ = self.0.running.subscribe().wait_for(|running| *running == 0).await;
    }
}

pub(super) struct Work(Drain);

impl Drop for Work {
    fn drop(&mut self) {
        self.0.0.running.send_modify(|running| *running = running.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn is_idle_once_all_work_has_ended() {
        let drain = Drain::default();
        let (one, two) = (drain.work(), drain.work());

        drop(one);
        assert!(timeout(Duration::from_millis(5), drain.idle()).await.is_err());
        drop(two);
        assert!(timeout(Duration::from_millis(5), drain.idle()).await.is_ok());
    }
}
