//! Tells runners that there may be something to do, so that they need not ask all the time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::db::Db;

/// News of this node go to the others at most so often.
const SPACING: Duration = Duration::from_millis(50);
/// After the database was gone, before it is listened to again.
const PAUSE: Duration = Duration::from_secs(5);
const CHANNEL: &str = "tradepost_job";

/// A bell that rings on this node at once, and on the others a moment later.
#[derive(Clone, Default)]
pub struct Signal {
    here: Arc<Notify>,
    elsewhere: Arc<Notify>,
}

impl Signal {
    /// Rings. Whoever has written jobs does so after the commit.
    pub fn ring(&self) {
        self.here.notify_one();
        self.elsewhere.notify_one();
    }

    /// Waits until it has rung since the last time.
    pub async fn rung(&self) {
        self.here.notified().await;
    }

    /// Tells other nodes, for good.
    pub async fn tell(&self, db: &Db) {
        loop {
            self.elsewhere.notified().await;
            if let Err(error) = db.notify(CHANNEL).await {
                tracing::debug!(%error, "other nodes could not be told of new jobs; they look by themselves");
            }
            tokio::time::sleep(SPACING).await;
        }
    }

    /// Rings when other nodes tell, for good. Where there are no other nodes it waits.
    pub async fn listen(&self, db: &Db) {
        loop {
            if let Err(error) = db.listen(CHANNEL, || self.here.notify_one()).await {
                tracing::debug!(%error, "other nodes cannot be heard; new jobs are looked for from time to time");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}
