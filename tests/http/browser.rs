//! What scripts of other sites may do.

use http::StatusCode;

use super::*;

const ALLOWED: &str = "https://shop.example.com";

async fn server(app: &TestApp) -> Client {
    with_options(app, &["--cors-origin", &format!("{ALLOWED},http://localhost:3000")]).await
}

fn preflight(origin: &str, headers: &str) -> Sending {
    Sending::new(Method::OPTIONS, "/graphql", Body::empty())
        .with("origin", origin)
        .with("access-control-request-method", "POST")
        .with("access-control-request-headers", headers)
}

#[tokio::test]
async fn a_script_of_an_allowed_origin_may_read_answers() {
    let app = TestApp::on_sqlite().await;
    let server = server(&app).await;

    for origin in [ALLOWED, "http://localhost:3000"] {
        let reply = Sending::query(SHOP).with("origin", origin).from(&server).await;
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
        assert!(reply.header("access-control-expose-headers").unwrap().contains("x-request-id"));
    }
}

#[tokio::test]
async fn a_script_of_another_origin_may_not() {
    let app = TestApp::on_sqlite().await;
    let server = server(&app).await;

    for origin in
        ["https://evil.example.com", "https://shop.example.com.evil.example", "null", "http://shop.example.com"]
    {
        let reply = Sending::query(SHOP).with("origin", origin).from(&server).await;
        assert_eq!(reply.header("access-control-allow-origin"), None, "{origin}");
        let reply = preflight(origin, "content-type").from(&server).await;
        assert_eq!(reply.header("access-control-allow-origin"), None, "{origin}");
    }
}

#[tokio::test]
async fn a_browser_that_asks_first_learns_what_it_may_send() {
    let app = TestApp::on_sqlite().await;

    let reply = preflight(ALLOWED, "authorization,content-type").from(&server(&app).await).await;

    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("access-control-allow-origin"), Some(ALLOWED));
    let headers = reply.header("access-control-allow-headers").unwrap().to_lowercase();
    assert!(headers.contains("authorization") && headers.contains("content-type"), "{headers}");
    assert_eq!(reply.header("access-control-allow-credentials"), None, "there are no cookies to send");
}

#[tokio::test]
async fn an_answer_is_told_apart_by_origin() {
    let app = TestApp::on_sqlite().await;

    let reply = Sending::query(SHOP).with("origin", ALLOWED).from(&server(&app).await).await;

    let vary: Vec<_> =
        reply.headers.get_all("vary").iter().map(|value| value.to_str().unwrap().to_lowercase()).collect();
    assert!(vary.join(",").contains("origin"), "{vary:?}");
}

/// What a form or a script may send to anybody without asking first never changes anything.
#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;
    let mutation = "mutation { productCreate(input: { name: \"Cap\" }) { product { id } } }";
    let bearer = format!("Bearer {}", owner.token());

    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let sending = Sending::query(mutation).with("content-type", kind).with("origin", "https://evil.example.com");
        let reply = sending.with("authorization", &bearer).to(&app).await;
        assert_eq!(reply.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }

    assert_eq!(owner.query("{ products { totalCount } }").await.at("/products/totalCount"), 0);
}

#[tokio::test]
async fn nothing_sets_a_cookie() {
    let app = TestApp::on_sqlite().await;
    let owner = app.owner().await;

    let reply = owner.query("mutation { sessionRevoke { isRevoked } }").await;

    assert_eq!(reply.header("set-cookie"), None);
}
