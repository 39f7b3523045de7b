//! What may be sent.

use http::StatusCode;
use sha2::{Digest, Sha256};

use super::*;

fn hash(query: &str) -> String {
    Sha256::digest(query).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(query: Option<&str>, hash: &str) -> Sending {
    let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
    Sending::post(json!({ "query": query, "extensions": extensions }).to_string()).with("accept", GRAPHQL)
}

#[tokio::test]
async fn json_is_the_only_content_type() {
    let app = TestApp::on_sqlite().await;

    for good in [JSON, "application/json; charset=utf-8", "Application/JSON"] {
        let reply = Sending::query(SHOP).with("content-type", good).to(&app).await;
        assert_eq!(reply.status, StatusCode::OK, "{good}");
    }
    for bad in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", GRAPHQL] {
        let reply = Sending::query(SHOP).with("content-type", bad).to(&app).await;
        assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{bad}");
        assert_eq!(codes(&reply), ["BAD_USER_INPUT"]);
    }
    let reply = Sending::query(SHOP).without("content-type").to(&app).await;
    assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_compressed_body_is_not_read() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::query(SHOP).with("content-encoding", "gzip").to(&app).await;

    assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_before_it_is_read() {
    let app = TestApp::on_sqlite().await;
    let small = with_options(&app, &["--limit-body-bytes", "2048"]).await;
    let query = |padding: usize| format!("{SHOP}#{}", " ".repeat(padding));

    let fits = Sending::query(&query(1900)).from(&small).await;
    let announced = Sending::query(&query(2100)).from(&small).await;
    let chunks = futures::stream::iter((0..64).map(|_| Ok::<_, std::io::Error>(vec![b' '; 64])));
    let streamed = Sending::post(Body::from_stream(chunks)).from(&small).await;

    assert_eq!(fits.status, StatusCode::OK, "{}", fits.json);
    for reply in [announced, streamed] {
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(codes(&reply), ["BAD_USER_INPUT"]);
        assert!(reply.message().contains("2048"), "{}", reply.message());
    }
}

#[tokio::test]
async fn only_get_and_post_are_understood() {
    let app = TestApp::on_sqlite().await;

    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let body = json!({ "query": SHOP }).to_string();
        let reply = Sending::new(method.clone(), "/graphql", body).with("content-type", JSON).to(&app).await;
        assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(reply.header("allow"), Some("GET, POST"), "{method}");
    }
}

#[tokio::test]
async fn a_query_can_be_sent_by_get() {
    let app = TestApp::on_sqlite().await;
    let uri = address(&[
        ("query", "query A($slug: String!) { productBySlug(slug: $slug) { name } } query B { shop { version } }"),
        ("operationName", "A"),
        ("variables", "{\"slug\":\"nothing\"}"),
    ]);

    let reply = Sending::get(&uri).with("accept", GRAPHQL).to(&app).await;

    assert_eq!(reply.at("/productBySlug"), &json!(null));
}

#[tokio::test]
async fn a_mutation_by_get_is_refused_and_does_nothing() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let mutation = "mutation { productCreate(input: { name: \"Cap\" }) { product { id } } }";

    let reply = Sending::get(&address(&[("query", mutation)]))
        .with("authorization", &format!("Bearer {}", owner.token()))
        .to(&app)
        .await;

    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.header("allow"), Some("POST"));
    assert_eq!(owner.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
}

#[tokio::test]
async fn a_batch_is_refused() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::post(json!([{ "query": SHOP }, { "query": SHOP }]).to_string()).to(&app).await;

    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.message().contains("Batches"), "{}", reply.message());
}

#[tokio::test]
async fn what_is_no_request_is_a_bad_request_in_every_media_type() {
    let app = TestApp::on_sqlite().await;

    for body in [
        "",
        "{",
        "null",
        "\"{ shop { version } }\"",
        "{}",
        "{\"query\":7}",
        "{\"query\":\"{ shop }\",\"variables\":[]}",
    ] {
        for accept in [JSON, GRAPHQL] {
            let reply = Sending::post(body).with("accept", accept).to(&app).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body} {accept}");
            assert_eq!(codes(&reply), ["BAD_USER_INPUT"], "{body}");
            assert!(reply.json.get("data").is_none());
        }
    }
}

#[tokio::test]
async fn of_several_operations_the_named_one_runs() {
    let app = TestApp::on_sqlite().await;
    let query = "query A { shop { version } } query B { products { nodes { id } } }";
    let named = |name: Option<&str>| {
        Sending::post(json!({ "query": query, "operationName": name }).to_string()).with("accept", GRAPHQL)
    };

    assert!(named(Some("B")).to(&app).await.data().get("products").is_some());
    for name in [None, Some("C")] {
        let reply = named(name).to(&app).await;
        assert_eq!((reply.status, codes(&reply)), (StatusCode::BAD_REQUEST, vec!["BAD_USER_INPUT"]));
    }
}

#[tokio::test]
async fn a_query_can_be_named_by_its_hash_once_it_was_sent() {
    let app = TestApp::on_sqlite().await;
    let own = hash(SHOP);

    let unknown = persisted(None, &own).to(&app).await;
    let sent = persisted(Some(SHOP), &own).to(&app).await;
    let named = persisted(None, &own).to(&app).await;
    let by_get =
        address(&[("extensions", &format!("{{\"persistedQuery\":{{\"version\":1,\"sha256Hash\":\"{own}\"}}}}"))]);
    let by_get = Sending::get(&by_get).to(&app).await;

    assert_eq!(codes(&unknown), ["PERSISTED_QUERY_NOT_FOUND"]);
    assert_eq!(unknown.message(), "PersistedQueryNotFound");
    assert_eq!(sent.data(), named.data());
    assert_eq!(sent.data(), by_get.data());
}

#[tokio::test]
async fn a_hash_must_be_that_of_its_query() {
    let app = TestApp::on_sqlite().await;

    let reply = persisted(Some("{ shop { channel { slug } } }"), &hash(SHOP)).to(&app).await;

    assert_eq!(codes(&reply), ["BAD_USER_INPUT"]);
    assert_eq!(codes(&persisted(None, &hash(SHOP)).to(&app).await), ["PERSISTED_QUERY_NOT_FOUND"]);
}

/// Nobody can fill the memory with texts that never run.
#[tokio::test]
async fn a_query_that_is_not_valid_is_not_remembered() {
    let app = TestApp::on_sqlite().await;
    let query = "{ nothingOfTheKind }";

    assert_eq!(codes(&persisted(Some(query), &hash(query)).to(&app).await), ["BAD_USER_INPUT"]);

    assert_eq!(codes(&persisted(None, &hash(query)).to(&app).await), ["PERSISTED_QUERY_NOT_FOUND"]);
}

#[tokio::test]
async fn a_subscription_is_refused() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::query("subscription { anything }").with("accept", GRAPHQL).to(&app).await;

    assert_eq!((reply.status, codes(&reply)), (StatusCode::BAD_REQUEST, vec!["BAD_USER_INPUT"]), "{}", reply.json);
}
