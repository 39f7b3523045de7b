//! Tries a batch again that others were in the way of, so that a long import does not end half-way.

use std::time::Duration;

use tokio::time::sleep;

use crate::error::{Error, Result};

const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Does what is done in one transaction, again after a growing pause while the database is not there for it: others may
/// have waited for what it holds, or the connection may have broken. It has to lead to the same if it was done already.
pub async fn persistently<T>(mut attempt: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match attempt().await {
            Err(Error::Unavailable(cause)) => {
                tracing::warn!(%cause, "a batch is tried again");
                sleep(pause).await;
                pause *= 2;
            }
            other => return other,
        }
    }
    attempt().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone() -> Error {
        Error::Unavailable("gone".into())
    }

    #[tokio::test]
    async fn what_was_in_the_way_may_be_gone_at_the_next_attempt() {
        let mut attempts = 0;
        let done = persistently(async || {
            attempts += 1;
            if attempts < 3 { Err(gone()) } else { Ok(attempts) }
        });

        assert_eq!(done.await.unwrap(), 3);
    }

    #[tokio::test]
    async fn there_is_an_end_to_it() {
        let mut attempts = 0;
        let done: Result<()> = persistently(async || {
            attempts += 1;
            Err(gone())
        })
        .await;

        assert!(matches!(done, Err(Error::Unavailable(_))));
        assert_eq!(attempts, TRIES);
    }

    #[tokio::test]
    async fn another_error_is_told_at_once() {
        let mut attempts = 0;
        let done: Result<()> = persistently(async || {
            attempts += 1;
            Err(Error::internal("broken"))
        })
        .await;

        assert!(done.is_err());
        assert_eq!(attempts, 1);
    }
}
