//! How runners hear of jobs without asking all the time.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tradepost::job::RunnerSettings;

use super::{QUICK, Running, Worker, add, until};
use crate::support::{TestApp, on_both};

/// Looks by itself only after the test is over.
const PATIENT: RunnerSettings = RunnerSettings { look_every: Duration::from_secs(600), ..QUICK };

#[tokio::test]
async fn a_runner_hears_at_once_of_a_job_of_its_own_node() {
    on_both(async |app| {
        let worker = Worker::able();
        let running = Running::start(&app.app, &worker, PATIENT);
        sleep(Duration::from_millis(50)).await;

        add(&app.app, 1, Duration::ZERO).await;
        app.app.job_signal.ring();

        until(async || worker.count() == 1).await;
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_runner_hears_of_a_job_of_another_node() {
    let Some(app) = TestApp::on_postgres().await else { return };
    let (sibling, _) = app.sibling(&[]).await;
    let (teller, listener) = (app.app.clone(), sibling.clone());
    let telling = tokio::spawn(async move { teller.job_signal.tell(teller.db()).await });
    let listening = tokio::spawn(async move { listener.job_signal.listen(listener.db()).await });
    let worker = Worker::able();
    let running = Running::start(&sibling, &worker, PATIENT);
    sleep(Duration::from_millis(300)).await;

    let began = Instant::now();
    add(&app.app, 1, Duration::ZERO).await;
    app.app.job_signal.ring();
    until(async || worker.count() == 1).await;

    assert!(began.elapsed() < Duration::from_secs(5));
    running.stop().await;
    telling.abort();
    listening.abort();
}
