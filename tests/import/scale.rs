//! Large files: memory stays bounded because the file is read only a little ahead.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use serde_json::json;
use tradepost::auth::Actor;
use tradepost::transfer::{ImportOptions, Progress};

use crate::support::{TestApp, on_both};

const PRODUCTS: usize = 2000;
const HEADER: &str = "Handle,Title,Body (HTML),Variant SKU,Variant Price\n";

/// Makes a file while it is read, and counts the bytes that it gave out.
struct Generated {
    products: usize,
    made: usize,
    waiting: Vec<u8>,
    given: Arc<AtomicUsize>,
}

impl Generated {
    fn new(products: usize, given: &Arc<AtomicUsize>) -> Self {
        Self { products, made: 0, waiting: HEADER.as_bytes().to_vec(), given: Arc::clone(given) }
    }
}

fn row(number: usize) -> String {
    let body = "Made of wool, twice washed. ".repeat(25);
    format!("p-{number:06},Product {number:06},\"<p>{body}</p>\",SKU-{number:06},10.00\n")
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.waiting.len() < buffer.len() && self.made < self.products {
            self.waiting.extend_from_slice(row(self.made).as_bytes());
            self.made += 1;
        }
        let count = buffer.len().min(self.waiting.len());
        buffer[..count].copy_from_slice(&self.waiting[..count]);
        self.waiting.drain(..count);
        self.given.fetch_add(count, Relaxed);
        Ok(count)
    }
}

/// Imports the generated file; gives how many products were created and how many bytes the reader was ever ahead.
async fn import_generated(app: &TestApp) -> (u64, usize) {
    let given = Arc::new(AtomicUsize::new(0));
    let (mut dealt_with, mut furthest) = (0, 0);
    let observe = |progress: Progress<'_>| {
        assert!(matches!(progress, Progress::Done(_)));
        dealt_with += row(0).len();
        furthest = furthest.max(given.load(Relaxed).saturating_sub(dealt_with));
    };
    let file = Generated::new(PRODUCTS, &given);
    let options = ImportOptions::default();
    let summary = app.app.imports.import_shopify(&Actor::System, file, &options, observe).await.unwrap();
    assert_eq!(summary.failed, 0);
    (summary.created, furthest)
}

#[tokio::test]
async fn a_large_file_is_read_only_a_little_ahead() {
    on_both(async |app| {
        const FILE_BYTES: usize = PRODUCTS * 700;
        let (created, furthest) = import_generated(app).await;

        assert_eq!(created, 2000);
        assert!(row(0).len() > 700);
        assert!(furthest < FILE_BYTES / 4, "the reader was {furthest} bytes ahead");
        let reply = app.anonymous().query("{ products { totalCount } }").await;
        assert_eq!(reply.at("/products/totalCount"), &json!(PRODUCTS));
    })
    .await;
}
