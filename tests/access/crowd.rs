//! A crowd that signs in at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;

use super::*;

/// The bound is loose, for machines are busy: were passwords hashed where requests are answered, a request would wait
/// until the whole crowd is through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_are_answered_while_a_crowd_signs_in() {
    let app = TestApp::on_sqlite().await;
    let dear = ["--password-memory-kib", "19456", "--password-iterations", "2"];
    let (dear, router) = app.sibling(&dear).await;
    account(&dear).await;
    let client = Client::new(router, None);
    let through = Arc::new(AtomicUsize::new(0));
    let crowd = join_all((0..60).map(|_| {
        let (client, through) = (client.clone(), Arc::clone(&through));
        async move {
            let reply = client.sign_in(EMAIL, PASSWORD).await;
            through.fetch_add(1, Ordering::SeqCst);
            reply.user_errors()
        }
    }));
    let crowd = tokio::spawn(crowd);
    tokio::time::sleep(Duration::from_millis(50)).await;

    let began = Instant::now();
    client.query("{ shop { version } }").await.data();
    let (took, came_through) = (began.elapsed(), through.load(Ordering::SeqCst));

    assert!(came_through < 30, "{came_through} were through before one request was answered, after {took:?}");
    for errors in crowd.await.unwrap() {
        assert_eq!(errors, [""; 0]);
    }
}
