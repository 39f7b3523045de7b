//! What those who run the shop see of jobs.

use std::time::Duration;

use serde_json::{Value, json};
use tradepost::auth::Permission;

use super::{KIND, add};
use crate::support::{Client, TestApp, fixture, on_both, sql};

const JOBS: &str = "query($filter: JobFilter, $first: Int, $after: String) {
    jobs(filter: $filter, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id kind state attempts lastError runAt createdAt finishedAt } } }";

const RETRY: &str = "mutation($id: ID!) { jobRetry(id: $id) {
    job { id state attempts finishedAt } userErrors { code message field } } }";

async fn jobs(client: &Client, filter: Value) -> Vec<Value> {
    let reply = client.run(JOBS, json!({ "filter": filter })).await;
    reply.at("/jobs/nodes").as_array().unwrap().clone()
}

async fn mark(app: &TestApp, change: &str) {
    sql::execute(app.app.db(), &format!("UPDATE job SET {change} WHERE kind = '{KIND}'")).await.unwrap();
}

#[tokio::test]
async fn jobs_are_listed_newest_first_and_by_kind_and_state() {
    on_both(async |app| {
        let reader = app.staff(&[Permission::JobRead]).await;
        add(&app.app, 3, Duration::from_secs(60)).await;

        let found = jobs(&reader, json!({ "kind": KIND })).await;
        let times: Vec<&str> = found.iter().map(|job| job["createdAt"].as_str().unwrap()).collect();
        assert_eq!(found.len(), 3);
        assert!(times.is_sorted_by(|later, earlier| later >= earlier));
        assert_eq!(found[0]["state"], "WAITING");
        assert_eq!((&found[0]["attempts"], &found[0]["lastError"]), (&json!(0), &Value::Null));

        let first = reader.run(JOBS, json!({ "filter": { "kind": KIND }, "first": 2 })).await;
        assert_eq!(first.at("/jobs/totalCount"), 3);
        let after = first.at("/jobs/pageInfo/endCursor");
        let rest = reader.run(JOBS, json!({ "filter": { "kind": KIND }, "first": 2, "after": after })).await;
        assert_eq!(rest.at("/jobs/nodes/0/id"), &found[2]["id"]);
        assert_eq!(rest.at("/jobs/pageInfo/hasNextPage"), false);

        let cases = [
            ("lease = id, run_at = 9000000000000000", "RUNNING"),
            ("lease = id, run_at = 0", "WAITING"),
            ("lease = NULL, state = 'DONE', finished_at = 1", "DONE"),
            ("state = 'DEAD'", "DEAD"),
        ];
        for (change, state) in cases {
            mark(app, change).await;
            for other in ["WAITING", "RUNNING", "DONE", "DEAD"] {
                let found = jobs(&reader, json!({ "kind": KIND, "state": other })).await;
                assert_eq!(found.len(), if other == state { 3 } else { 0 }, "{change} {other}");
                assert!(found.iter().all(|job| job["state"] == state));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_given_up_is_tried_again() {
    on_both(async |app| {
        let writer = app.staff(&[Permission::JobRead, Permission::JobWrite]).await;
        add(&app.app, 1, Duration::ZERO).await;
        mark(app, "state = 'DEAD', attempts = 20, finished_at = 1, last_error = 'no luck'").await;
        let id = jobs(&writer, json!({ "kind": KIND })).await[0]["id"].as_str().unwrap().to_owned();

        let reply = writer.run(RETRY, json!({ "id": id })).await;

        assert!(reply.user_errors().is_empty());
        let job = reply.at("/jobRetry/job");
        assert_eq!((&job["state"], &job["attempts"], &job["finishedAt"]), (&json!("WAITING"), &json!(0), &Value::Null));
        assert_eq!(fixture::history(app, &id).await, ["1 job.retried"]);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_is_done_or_being_done_is_left_alone() {
    on_both(async |app| {
        let writer = app.staff(&[Permission::JobRead, Permission::JobWrite]).await;
        add(&app.app, 1, Duration::ZERO).await;
        let id = jobs(&writer, json!({ "kind": KIND })).await[0]["id"].clone();

        for change in ["lease = id, run_at = 9000000000000000", "lease = NULL, state = 'DONE', finished_at = 1"] {
            mark(app, change).await;
            let reply = writer.run(RETRY, json!({ "id": id })).await;
            assert_eq!(reply.user_errors(), ["INVALID id"], "{change}");
        }

        let unknown = writer.run(RETRY, json!({ "id": fixture::unknown("job") })).await;
        assert_eq!(unknown.user_errors(), ["NOT_FOUND id"]);
    })
    .await;
}
