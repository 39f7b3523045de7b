//! GraphiQL from our own binary: the page, its script and its style, and nothing from anywhere else.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use super::router::not_found;

const PAGE: &str = include_str!("graphiql/dist/index.html");
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

struct Asset {
    name: &'static str,
    content_type: &'static str,
    compressed: &'static [u8],
    /// Of the content, so that an update is noticed and nothing else.
    etag: Option<HeaderValue>,
}

static ASSETS: LazyLock<[Asset; 2]> = LazyLock::new(|| {
    [
        Asset::new("graphiql.js", "text/javascript; charset=utf-8", include_bytes!("graphiql/dist/graphiql.js.gz")),
        Asset::new("graphiql.css", "text/css; charset=utf-8", include_bytes!("graphiql/dist/graphiql.css.gz")),
    ]
});

impl Asset {
    fn new(name: &'static str, content_type: &'static str, compressed: &'static [u8]) -> Self {
        let mut etag = "\"".to_owned();
        for byte in &Sha256::digest(compressed)[..16] {
            // Writing to a string cannot fail.
            _ = write!(etag, "{byte:02x}");
        }
        etag.push('"');
        Self { name, content_type, compressed, etag: HeaderValue::from_str(&etag).ok() }
    }
}

pub(super) fn page() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (VARY, "accept, accept-encoding"),
    ];
    (headers, PAGE).into_response()
}

pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return not_found().await;
    };
    let mut response = if asset.etag.is_some() && headers.get(IF_NONE_MATCH) == asset.etag.as_ref() {
        StatusCode::NOT_MODIFIED.into_response()
    } else if takes_gzip(&headers) {
        let content = [(CONTENT_TYPE, asset.content_type), (CONTENT_ENCODING, "gzip")];
        (content, asset.compressed).into_response()
    } else {
        (StatusCode::NOT_ACCEPTABLE, "This file is kept compressed: Accept-Encoding must allow gzip.").into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600, must-revalidate"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.extend(asset.etag.clone().map(|etag| (ETAG, etag)));
    response
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|coding| coding.replace(' ', ""))
        .any(|coding| {
            let (name, weight) = coding.split_once(";q=").unwrap_or((&coding, "1"));
            matches!(name, "gzip" | "*") && weight.parse() != Ok(0.0_f32)
        })
}
