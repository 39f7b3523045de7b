//! What runners do with jobs.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::sleep;
use tradepost::error::Error;
use tradepost::job::{NewJob, Next, RunnerSettings};

use super::{KIND, QUICK, Running, Worker, add, until};
use crate::support::{TestApp, on_both, sql};

async fn states(app: &TestApp, state: &str) -> i64 {
    sql::number(app.app.db(), &format!("SELECT COUNT(*) FROM job WHERE kind = '{KIND}' AND state = '{state}'")).await
}

async fn all_done(app: &TestApp, count: i64) {
    until(async || states(app, "DONE").await == count).await;
}

/// As if all that waits had waited for its time.
async fn pass_time(app: &TestApp) {
    sql::execute(app.app.db(), "UPDATE job SET run_at = 0 WHERE state = 'WAITING'").await.unwrap();
}

#[tokio::test]
async fn a_job_is_done_once_with_what_it_was_given() {
    on_both(async |app| {
        let worker = Worker::able();
        let running = Running::start(&app.app, &worker, QUICK);

        add(&app.app, 1, Duration::ZERO).await;
        all_done(app, 1).await;
        running.stop().await;

        let tasks = worker.tasks.lock().unwrap().clone();
        assert_eq!(tasks.len(), 1);
        assert_eq!((tasks[0].attempt, &tasks[0].payload), (1, &serde_json::json!({ "n": 0 })));
    })
    .await;
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    on_both(async |app| {
        let worker = Worker::able();
        add(&app.app, 1, Duration::from_millis(400)).await;
        let patient = RunnerSettings { look_every: Duration::from_secs(60), ..QUICK };
        let running = Running::start(&app.app, &worker, patient);

        sleep(Duration::from_millis(100)).await;
        assert_eq!(worker.count(), 0);
        all_done(app, 1).await;

        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_rolled_back_leaves_no_job() {
    on_both(async |app| {
        let tx = app.app.db().begin().await.unwrap();
        let job = NewJob { kind: KIND, payload: serde_json::json!({}), event: None, delay: Duration::ZERO };
        tradepost::job::add(&tx, job).await.unwrap();
        tx.rollback().await.unwrap();

        assert_eq!(states(app, "WAITING").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_share_the_jobs_and_none_is_done_twice() {
    on_both(async |app| {
        let worker = Worker::new(async |_| {
            sleep(Duration::from_millis(2)).await;
            Ok(Next::Done)
        });
        let (sibling, _) = app.sibling(&[]).await;
        add(&app.app, 120, Duration::ZERO).await;

        let running = [&app.app, &sibling, &app.app].map(|node| Running::start(node, &worker, QUICK));
        all_done(app, 120).await;
        for one in running {
            one.stop().await;
        }

        let tasks = worker.tasks.lock().unwrap().clone();
        let ids: BTreeSet<_> = tasks.iter().map(|task| task.id).collect();
        assert_eq!((tasks.len(), ids.len()), (120, 120));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later() {
    on_both(async |app| {
        let worker =
            Worker::new(async |attempt| if attempt < 3 { Err(Error::internal("no luck")) } else { Ok(Next::Done) });
        let running = Running::start(&app.app, &worker, QUICK);
        add(&app.app, 1, Duration::ZERO).await;

        for attempts in 1..3 {
            let failed = format!("SELECT COUNT(*) FROM job WHERE attempts = {attempts} AND lease IS NULL");
            until(async || sql::number(app.app.db(), &failed).await == 1).await;
            let pause = "SELECT (run_at - created_at) / 1000 FROM job WHERE kind = 'test'";
            assert!(sql::number(app.app.db(), pause).await >= 1_500 * attempts, "it waits longer each time");
            pass_time(app).await;
        }
        all_done(app, 1).await;

        assert_eq!(worker.count(), 3);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL").await, 0);
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_that_always_fails_is_given_up() {
    on_both(async |app| {
        let worker = Worker::new(async |_| Err(Error::internal("no luck")));
        add(&app.app, 1, Duration::ZERO).await;
        sql::execute(app.app.db(), "UPDATE job SET attempts = 23 WHERE kind = 'test'").await.unwrap();
        let running = Running::start(&app.app, &worker, QUICK);

        until(async || states(app, "DEAD").await == 1).await;

        pass_time(app).await;
        sleep(Duration::from_millis(100)).await;
        assert_eq!(worker.count(), 1);
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_a_failure_of_its_job_alone() {
    on_both(async |app| {
        let worker = Worker::new(async |attempt| {
            assert!(attempt > 1, "the first attempt panics");
            Ok(Next::Done)
        });
        let running = Running::start(&app.app, &worker, QUICK);
        add(&app.app, 2, Duration::ZERO).await;

        until(async || sql::number(app.app.db(), "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL").await == 2)
            .await;
        pass_time(app).await;
        all_done(app, 2).await;

        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_over_when_its_lease_has_ended() {
    on_both(async |app| {
        let brief = RunnerSettings { lease: Duration::from_millis(600), ..QUICK };
        let stuck = Worker::new(async |_| std::future::pending().await);
        add(&app.app, 1, Duration::ZERO).await;
        let dying = Running::start(&app.app, &stuck, brief);
        until(async || stuck.count() == 1).await;

        dying.kill();
        let heir = Worker::able();
        let running = Running::start(&app.app, &heir, brief);
        sleep(Duration::from_millis(100)).await;
        assert_eq!(heir.count(), 0, "the lease still runs");
        all_done(app, 1).await;

        assert_eq!(heir.tasks.lock().unwrap()[0].attempt, 2);
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_job_keeps_its_lease_as_long_as_its_worker_lives() {
    on_both(async |app| {
        let brief = RunnerSettings { lease: Duration::from_millis(300), ..QUICK };
        let slow = Worker::new(async |_| {
            sleep(Duration::from_millis(1_500)).await;
            Ok(Next::Done)
        });
        add(&app.app, 1, Duration::ZERO).await;

        let running = [Running::start(&app.app, &slow, brief), Running::start(&app.app, &slow, brief)];
        all_done(app, 1).await;

        assert_eq!(slow.count(), 1);
        for one in running {
            one.stop().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_was_taken_for_dead_changes_nothing_when_it_comes_back() {
    on_both(async |app| {
        let slow = Worker::new(async |_| {
            sleep(Duration::from_millis(300)).await;
            Err(Error::internal("too late"))
        });
        add(&app.app, 1, Duration::ZERO).await;
        let running = Running::start(&app.app, &slow, QUICK);
        until(async || slow.count() == 1).await;

        // Somebody else has it by now, and has done it.
        sql::execute(app.app.db(), "UPDATE job SET state = 'DONE', lease = NULL WHERE kind = 'test'").await.unwrap();
        running.stop().await;

        assert_eq!(states(app, "DONE").await, 1);
        assert_eq!(sql::number(app.app.db(), "SELECT COUNT(*) FROM job WHERE last_error IS NOT NULL").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_runner_that_stops_finishes_what_it_has_begun_and_begins_nothing_more() {
    on_both(async |app| {
        let slow = Worker::new(async |_| {
            sleep(Duration::from_millis(200)).await;
            Ok(Next::Done)
        });
        add(&app.app, 6, Duration::ZERO).await;
        let running = Running::start(&app.app, &slow, QUICK);
        until(async || slow.count() == 4).await;

        running.stop().await;

        assert_eq!((states(app, "DONE").await, states(app, "WAITING").await), (4, 2));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_comes_again_is_done_for_good() {
    on_both(async |app| {
        let again = Worker::new(async |_| Ok(Next::Again(Duration::from_millis(50))));
        add(&app.app, 1, Duration::ZERO).await;
        let running = Running::start(&app.app, &again, QUICK);

        until(async || again.count() >= 3).await;

        running.stop().await;
        assert!(again.tasks.lock().unwrap().iter().all(|task| task.attempt == 1));
        assert_eq!(states(app, "WAITING").await, 1);
    })
    .await;
}

#[tokio::test]
async fn jobs_that_were_done_long_ago_are_removed() {
    on_both(async |app| {
        add(&app.app, 3, Duration::ZERO).await;
        let running = Running::start(&app.app, &Worker::able(), QUICK);
        all_done(app, 3).await;
        running.stop().await;
        let old = "UPDATE job SET finished_at = finished_at - 700000000000
                   WHERE id = (SELECT MIN(id) FROM job WHERE kind = 'test')";
        let old =
            if app.url.starts_with("sqlite") { old.to_owned() } else { old.replace("MIN(id)", "MIN(id::text)::uuid") };
        sql::execute(app.app.db(), &old).await.unwrap();

        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let runner = app.app.runner();
        let task = tokio::spawn(async move { runner.run(async { drop(stopped.await) }).await });
        until(async || states(app, "DONE").await == 2).await;
        drop(stop);
        task.await.unwrap();

        let cleaning = "SELECT COUNT(*) FROM job WHERE kind = 'job.clean_up' AND state = 'WAITING'";
        assert_eq!(sql::number(app.app.db(), cleaning).await, 1, "it comes again");
    })
    .await;
}
