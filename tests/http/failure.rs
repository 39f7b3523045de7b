//! What goes wrong inside stays inside.

use std::time::Duration;

use http::StatusCode;

use super::*;
use crate::support::{on_both, sql};

#[tokio::test]
async fn an_internal_error_tells_the_request_id_and_nothing_of_its_cause() {
    on_both(async |app| {
        sql::execute(app.app.db(), "UPDATE channel SET currency = 'no such currency'").await.unwrap();

        let reply = Sending::query(SHOP).with("accept", GRAPHQL).with("x-request-id", "trace-42").to(app).await;

        assert_eq!(codes(&reply), ["INTERNAL"]);
        assert_eq!(reply.json["errors"][0]["extensions"]["requestId"], "trace-42");
        let text = String::from_utf8(reply.body).unwrap();
        assert!(text.contains("trace-42") && !text.contains("currency"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_broken_statement_is_not_shown() {
    on_both(async |app| {
        let owner = app.owner().await;
        sql::execute(app.app.db(), "ALTER TABLE product_listing RENAME TO elsewhere").await.unwrap();

        let reply = owner.query("{ shop { version } products { nodes { id } } }").await;

        assert_eq!(codes(&reply), ["INTERNAL"]);
        assert!(reply.json["data"]["shop"]["version"].is_string(), "{}", reply.json);
        let text = reply.json.to_string().to_lowercase();
        for word in ["product_listing", "select", "sql", "relation"] {
            assert!(!text.contains(word), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_lost_database_is_unavailable_and_not_the_clients_fault() {
    on_both(async |app| {
        let owner = app.owner().await;
        app.app.db().close().await;

        for client in [app.anonymous(), owner] {
            let reply = client.query(SHOP).await;
            assert_eq!((reply.status, codes(&reply)), (StatusCode::SERVICE_UNAVAILABLE, vec!["UNAVAILABLE"]));
        }
    })
    .await;
}

/// The writer is busy for longer than the request may take: the client is told, the mutation is finished.
#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_and_its_mutation_finished() {
    let app = TestApp::on_sqlite().await;
    let token = app.owner().await.token().to_owned();
    let hurried = app.sibling(&["--limit-request-ms", "200"]).await.1;
    let client = Client::new(hurried, Some(token));
    let writing = app.app.db().begin().await.unwrap();

    let reply = client.query("mutation { productCreate(input: { name: \"Cap\" }) { product { id } } }").await;

    assert_eq!((reply.status, codes(&reply)), (StatusCode::GATEWAY_TIMEOUT, vec!["TIMEOUT"]));
    drop(writing);
    for _ in 0..100 {
        let count = client.query("{ products { totalCount } }").await;
        if count.at("/products/totalCount") == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the mutation was not finished");
}

/// Somebody who closes the connection early does not leave half of the work.
#[tokio::test]
async fn a_client_that_leaves_does_not_stop_its_mutation() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let writing = app.app.db().begin().await.unwrap();
    let leaving = tokio::time::timeout(
        Duration::from_millis(200),
        owner.query("mutation { productCreate(input: { name: \"Cap\" }) { product { id } } }"),
    );
    assert!(leaving.await.is_err());

    drop(writing);

    for _ in 0..100 {
        if owner.query("{ products { totalCount } }").await.at("/products/totalCount") == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the mutation was not finished");
}
