//! The mark that browsers show: a signpost.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

const SVG: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">"##,
    r##"<rect width="32" height="32" rx="7" fill="#14532d"/>"##,
    r##"<path d="M15 5h2v22h-2z" fill="#fde68a"/>"##,
    r##"<path d="M8 8h14l4 3.5-4 3.5H8z" fill="#fff"/>"##,
    r##"<path d="M24 17H12l-4 3 4 3h12z" fill="#86efac"/>"##,
    "</svg>"
);

pub(super) async fn favicon() -> Response {
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")];
    (headers, SVG).into_response()
}
