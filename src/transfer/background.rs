//! Reads a file on a thread of its own, a little ahead of what is done with it, so that memory stays bounded.

use tokio::sync::mpsc;

use crate::transfer::table::RowError;

/// What a reader yields: a thing, or every reason why it is none.
pub type Item<T> = Result<T, Vec<RowError>>;

/// What is read, in batches.
pub struct Ahead<T>(mpsc::Receiver<Item<T>>);

impl<T> Ahead<T> {
    /// The next so many items, or all that are left; empty at the end. However slowly the file comes, the same items make
    /// a batch.
    pub async fn next_batch(&mut self, size: usize) -> Vec<Item<T>> {
        let mut batch = Vec::with_capacity(size);
        while let Some(room @ 1..) = size.checked_sub(batch.len()) {
            if self.0.recv_many(&mut batch, room).await == 0 {
                break;
            }
        }
        batch
    }
}

/// Opens a reader and hands on what it yields, with room for so many things ahead. A file that cannot be opened as what
/// it should be yields one failure.
pub fn read<T, I>(ahead: usize, open: impl FnOnce() -> Result<I, RowError> + Send + 'static) -> Ahead<T>
where
    T: Send + 'static,
    I: Iterator<Item = Item<T>>,
{
    let (sender, receiver) = mpsc::channel(ahead);
    tokio::task::spawn_blocking(move || {
        let reader = match open() {
            Ok(reader) => reader,
            Err(error) => {
                // The import may have ended early; then nobody wants to know.
                let _ = sender.blocking_send(Err(vec![error]));
                return;
            }
        };
        for item in reader {
            if sender.blocking_send(item).is_err() {
                return;
            }
        }
    });
    Ahead(receiver)
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_batch_is_as_full_however_slowly_the_file_comes() {
        let slow = (0..5).inspect(|_| sleep(Duration::from_millis(5))).map(Ok);
        let mut ahead = read(4, || Ok(slow));

        let mut sizes = Vec::new();
        for _ in 0..4 {
            let batch: Vec<Item<i32>> = ahead.next_batch(2).await;
            sizes.push(batch.len());
        }

        assert_eq!(sizes, [2, 2, 1, 0]);
    }
}
