//! The query editor and introspection, and how an operator takes them away.

use http::StatusCode;

use super::*;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const OFF: [&str; 4] = ["--graphiql", "off", "--introspection", "off"];

#[tokio::test]
async fn a_browser_gets_the_editor_and_a_program_the_api() {
    let app = TestApp::on_sqlite().await;

    let page = Sending::get("/graphql").with("accept", BROWSER).to(&app).await;
    let api = Sending::get(&address(&[("query", SHOP)])).to(&app).await;

    assert_eq!((page.status, content_type(&page)), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(api.data().is_object());
}

#[tokio::test]
async fn the_editor_comes_from_nowhere_else() {
    let app = TestApp::on_sqlite().await;
    let page = Sending::get("/graphql").with("accept", BROWSER).to(&app).await;
    let html = String::from_utf8(page.body.clone()).unwrap();

    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(!html.contains("src=\"http") && !html.contains("href=\"http"), "{html}");
    for part in html.split(['"', '\'']).filter(|part| part.starts_with("/graphql/assets/")) {
        let reply = Sending::get(part).with("accept-encoding", "gzip").to(&app).await;
        assert_eq!(reply.status, StatusCode::OK, "{part}");
        assert_eq!(reply.header("content-encoding"), Some("gzip"));
        let etag = reply.header("etag").unwrap().to_owned();
        let again = Sending::get(part).with("accept-encoding", "gzip").with("if-none-match", &etag).to(&app).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{part}");
    }
}

#[tokio::test]
async fn the_front_door_leads_to_the_editor() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::get("/").to(&app).await;

    assert_eq!((reply.status, reply.header("location")), (StatusCode::TEMPORARY_REDIRECT, Some("/graphql")));
}

#[tokio::test]
async fn without_the_editor_a_browser_gets_the_api_too() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &OFF).await;

    let reply = Sending::get(&address(&[("query", SHOP)])).with("accept", BROWSER).from(&server).await;
    let front = Sending::get("/").from(&server).await;
    let asset = Sending::get("/graphql/assets/graphiql.js").from(&server).await;

    assert!(content_type(&reply).starts_with(JSON), "{}", content_type(&reply));
    assert!(reply.data().is_object());
    assert_eq!((front.status, asset.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn without_introspection_the_schema_is_not_told() {
    let app = TestApp::on_sqlite().await;
    let server = with_options(&app, &OFF).await;

    for query in [
        "{ __schema { types { name } } }",
        "{ __type(name: \"Product\") { name } }",
        "query { ...f } fragment f on Query { shop { version } __schema { types { name } } }",
    ] {
        let reply = server.query(query).await;
        assert_eq!(codes(&reply), ["BAD_USER_INPUT"], "{query}");
        assert!(reply.json.get("data").is_none(), "{query}");
    }
    assert_eq!(server.query("{ __typename }").await.at("/__typename"), "Query");
    let guess = server.query("{ product(id: \"x\") { nam } }").await;
    assert!(!guess.message().contains("name\""), "a suggestion tells the schema: {}", guess.message());
}
