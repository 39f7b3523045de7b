//! The pictures of the sample shop, served from the binary.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use super::router::not_found;
use crate::sample;

/// A picture may style itself and do nothing else, also when it is opened as a page.
pub(super) async fn picture(Path(file): Path<String>) -> Response {
    let name = file.strip_suffix(".svg");
    let Some(bytes) = name.and_then(sample::picture) else {
        return not_found().await;
    };
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
