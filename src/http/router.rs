//! Which address leads where, and what surrounds all of them.

use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{Redirect, Response};
use axum::routing::{any, get};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ORIGIN, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::access_log::observe;
use super::answer::Answer;
use super::drain::Drain;
use super::headers::protect;
use super::negotiate::MediaType;
use super::request_id::REQUEST_ID;
use super::state::HttpState;
use super::{favicon, graphiql, graphql, health, picture};
use crate::app::App;
use crate::config::Config;
use crate::error::{ErrorCode, Result};

/// Smaller answers fit into one packet anyway.
const COMPRESSED_FROM_BYTES: u64 = 1024;
const PREFLIGHT_AGE: Duration = Duration::from_secs(7200);

/// The whole HTTP surface, for tests and for whoever brings an own listener.
pub fn router(app: App) -> Result<Router> {
    with_drain(app, Drain::default())
}

pub(super) fn with_drain(app: App, drain: Drain) -> Result<Router> {
    let config = app.config();
    let (cors, environment, has_page) = (cors(config), config.environment, config.graphiql);
    let state = HttpState::new(app, drain)?;
    let mut router = Router::new()
        .route("/graphql", any(graphql::handle))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/favicon.ico", get(favicon::favicon))
        .route("/favicon.svg", get(favicon::favicon))
        .route("/sample/{file}", get(picture::picture));
    if has_page {
        router = router
            .route("/", get(async || Redirect::temporary("/graphql")))
            .route("/graphql/assets/{name}", get(graphiql::asset));
    }
    // The last layer is the outermost.
    Ok(router
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(state)
        .layer(compression())
        .layer(cors)
        .layer(from_fn_with_state(environment, protect))
        .layer(from_fn(observe)))
}

pub(super) async fn not_found() -> Response {
    let message = "There is nothing at this address. The API is at /graphql.";
    Answer::refused(StatusCode::NOT_FOUND, ErrorCode::BadUserInput, message).into_response(MediaType::Json, None, 0)
}

async fn method_not_allowed() -> Response {
    let message = "This address can only be read, by GET. The API is at /graphql.";
    Answer::refused(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput, message).into_response(
        MediaType::Json,
        None,
        0,
    )
}

fn cors(config: &Config) -> CorsLayer {
    let origins = config.cors_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            ACCEPT,
            AUTHORIZATION,
            CONTENT_TYPE,
            REQUEST_ID,
            HeaderName::from_static("apollo-require-preflight"),
            HeaderName::from_static("apollographql-client-name"),
            HeaderName::from_static("apollographql-client-version"),
        ])
        .expose_headers([REQUEST_ID, RETRY_AFTER])
        .max_age(PREFLIGHT_AGE)
        .vary([ORIGIN])
}

/// Levels at which the time of compressing stays below that of sending.
fn compression() -> CompressionLayer<impl Predicate> {
    let worthwhile = SizeAbove::new(COMPRESSED_FROM_BYTES).and(DefaultPredicate::new());
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(worthwhile)
}
