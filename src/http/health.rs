//! Whether the process lives, and whether it can serve: for those who start, stop and route to it.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use super::state::HttpState;

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// Looks at nothing but the process itself: a lost database is no reason to restart it.
pub(super) async fn live() -> Response {
    respond(StatusCode::OK, "live")
}

/// Ready means reachable and fully migrated, and not about to stop.
pub(super) async fn ready(State(state): State<HttpState>) -> Response {
    if state.drain.is_draining() {
        return respond(StatusCode::SERVICE_UNAVAILABLE, "draining");
    }
    match state.app.db().ready().await {
        Ok(()) => respond(StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(error = %error, "the database is not ready");
            respond(StatusCode::SERVICE_UNAVAILABLE, "database not ready")
        }
    }
}

fn respond(code: StatusCode, status: &'static str) -> Response {
    let mut response = (code, Json(Health { status })).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
