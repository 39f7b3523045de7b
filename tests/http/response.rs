//! What comes back: media types, statuses, request ids, compression, health.

use http::StatusCode;

use super::*;
use crate::support::{fixture, on_both, on_both_unmigrated};

#[tokio::test]
async fn the_answer_has_the_media_type_that_was_asked_for() {
    let app = TestApp::on_sqlite().await;

    for (accept, expected) in
        [(GRAPHQL, GRAPHQL), (JSON, JSON), ("*/*", JSON), ("application/json;q=0.1, application/*", GRAPHQL)]
    {
        let reply = Sending::query(SHOP).with("accept", accept).to(&app).await;
        assert_eq!(content_type(&reply), format!("{expected}; charset=utf-8"), "{accept}");
    }
    assert_eq!(content_type(&Sending::query(SHOP).to(&app).await), format!("{JSON}; charset=utf-8"));
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_acceptable_and_does_not_run() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;

    let reply = Sending::query("mutation { productCreate(input: { name: \"Cap\" }) { product { id } } }")
        .with("authorization", &format!("Bearer {}", owner.token()))
        .with("accept", "image/png")
        .to(&app)
        .await;

    assert_eq!(reply.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(codes(&reply), ["BAD_USER_INPUT"]);
    assert_eq!(owner.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
}

/// By the draft: 200 where there is data; else the new media type tells by its status, plain JSON by its body only.
#[tokio::test]
async fn each_media_type_has_its_statuses() {
    let app = TestApp::on_sqlite().await;
    let partial = "{ shop { version } products(first: 1000) { nodes { id } } }";

    for (query, in_json, in_graphql) in [
        (SHOP, 200, 200),
        (partial, 200, 200),
        ("{ shop { version ", 200, 400),
        ("{ nothingOfTheKind }", 200, 400),
        ("query($id: ID!) { node(id: $id) { id } }", 200, 400),
        ("{ node(id: 7.5) { id } }", 200, 400),
    ] {
        let json = Sending::query(query).with("accept", JSON).to(&app).await;
        let graphql = Sending::query(query).with("accept", GRAPHQL).to(&app).await;
        assert_eq!((json.status.as_u16(), graphql.status.as_u16()), (in_json, in_graphql), "{query}");
        assert_eq!(json.json, graphql.json, "{query}");
        codes(&json);
    }
}

#[tokio::test]
async fn what_is_right_is_answered_beside_what_is_wrong() {
    let app = TestApp::on_sqlite().await;

    let reply = app.anonymous().query("{ shop { version } products(first: 1000) { nodes { id } } }").await;

    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(codes(&reply), ["BAD_USER_INPUT"]);
    assert_eq!(reply.json["data"]["products"], json!(null));
    assert!(reply.json["data"]["shop"]["version"].is_string());
    assert_eq!(reply.json["errors"][0]["path"], json!(["products"]));
}

#[tokio::test]
async fn an_error_of_the_document_says_where_it_is() {
    let app = TestApp::on_sqlite().await;

    let reply = app.anonymous().query("{\n  shop { nothingOfTheKind }\n}").await;

    assert_eq!(reply.json["errors"][0]["locations"][0]["line"], 2, "{}", reply.json);
    assert!(reply.message().contains("nothingOfTheKind"), "{}", reply.message());
}

#[tokio::test]
async fn a_request_id_is_echoed_and_a_hostile_one_replaced() {
    let app = TestApp::on_sqlite().await;
    let sent = async |id: &str| {
        let reply = Sending::query(SHOP).with("x-request-id", id).to(&app).await;
        reply.header("x-request-id").unwrap().to_owned()
    };

    assert_eq!(sent("trace-42_a.b").await, "trace-42_a.b");
    for hostile in ["a b", "a\"b", "<script>", "a;b", &"a".repeat(65)] {
        let id = sent(hostile).await;
        assert!(id != hostile && id.len() == 32, "{hostile}: {id}");
    }
    let (one, two) = (Sending::query(SHOP).to(&app).await, Sending::query(SHOP).to(&app).await);
    assert_ne!(one.header("x-request-id").unwrap(), two.header("x-request-id").unwrap());
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_is_kept_from_doing_harm() {
    let app = TestApp::on_sqlite().await;

    for sending in [
        Sending::query(SHOP),
        Sending::post("nonsense"),
        Sending::get("/health/live"),
        Sending::get("/nowhere"),
        Sending::new(Method::POST, "/health/live", Body::empty()),
    ] {
        let reply = sending.to(&app).await;
        assert!(reply.header("x-request-id").is_some());
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("x-frame-options"), Some("DENY"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        assert!(reply.header("content-security-policy").unwrap().contains("default-src 'none'"));
        assert_eq!(reply.header("strict-transport-security"), None);
    }
}

#[tokio::test]
async fn production_asks_browsers_to_stay_with_https() {
    let app = TestApp::on_sqlite().await;
    let urls = ["--public-url", "https://api.example.com", "--storefront-url", "https://example.com"];
    let production = [&["--node-env", "production", "--mail-from", "shop@example.com"][..], &urls].concat();

    let reply = Sending::query(SHOP).from(&with_options(&app, &production).await).await;

    assert!(reply.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn nobody_keeps_an_answer_of_the_api() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::query(SHOP).to(&app).await;

    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.headers.get_all("vary").iter().any(|value| value.to_str().unwrap().contains("authorization")));
}

#[tokio::test]
async fn a_large_answer_is_compressed_and_a_small_one_is_not() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    fixture::product(&owner, json!({ "description": format!("<p>{}</p>", "soft wool ".repeat(500)) })).await;
    let read =
        |encoding: &str| Sending::query("{ products { nodes { description } } }").with("accept-encoding", encoding);
    let plain = read("identity").to(&app).await;

    for encoding in ["gzip", "br", "zstd"] {
        let reply = read(encoding).to(&app).await;
        assert_eq!(reply.header("content-encoding"), Some(encoding));
        assert!(reply.body.len() * 4 < plain.body.len(), "{encoding}: {}", reply.body.len());
    }
    assert_eq!(plain.header("content-encoding"), None);
    let small = Sending::query(SHOP).with("accept-encoding", "gzip").to(&app).await;
    assert_eq!(small.header("content-encoding"), None);
}

#[tokio::test]
async fn a_client_that_takes_no_encoding_of_ours_is_answered_plainly() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::query(SHOP).with("accept-encoding", "*;q=0").to(&app).await;

    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.data().is_object());
}

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let app = TestApp::on_sqlite().await;

    for path in ["/nowhere", "/graphql/nothing", "/sample/nothing.svg", "/sample/..%2Fmod.svg"] {
        let reply = Sending::get(path).to(&app).await;
        assert_eq!((reply.status, codes(&reply)), (StatusCode::NOT_FOUND, vec!["BAD_USER_INPUT"]), "{path}");
    }
}

#[tokio::test]
async fn live_and_ready_are_told_apart() {
    on_both_unmigrated(async |app| {
        let status = async |path: &str| Sending::get(path).to(app).await.status;

        assert_eq!(status("/health/live").await, StatusCode::OK);
        assert_eq!(status("/health/ready").await, StatusCode::SERVICE_UNAVAILABLE);
        app.app.db().migrate_up(None).await.unwrap();
        assert_eq!(status("/health/ready").await, StatusCode::OK);

        app.app.db().close().await;
        assert_eq!(status("/health/live").await, StatusCode::OK);
        assert_eq!(status("/health/ready").await, StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_the_sample_is_served_and_runs_nothing() {
    let app = TestApp::on_sqlite().await;
    let csv = include_str!("../../src/sample/products.csv");
    let (_, rest) = csv.split_once("/sample/").unwrap();
    let name = &rest[..rest.find(".svg").unwrap()];

    let reply = Sending::get(&format!("/sample/{name}.svg")).to(&app).await;

    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(content_type(&reply), "image/svg+xml");
    assert!(reply.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
}

#[tokio::test]
async fn the_same_question_has_the_same_answer_on_both_databases() {
    on_both(async |app| {
        let reply = app.anonymous().query("{ shop { channel { slug currency homeCountry pricesIncludeTax } } }").await;

        let channel = json!({ "slug": "default", "currency": "USD", "homeCountry": "US", "pricesIncludeTax": false });
        assert_eq!(reply.at("/shop/channel"), &channel);
    })
    .await;
}
