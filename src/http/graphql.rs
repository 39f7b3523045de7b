//! `/graphql`: methods, media types and time; what is asked and answered is decided elsewhere.

use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use http::request::Parts;
use http::{Method, Request, StatusCode};
use tokio::time::timeout;

use super::answer::{Answer, Hint};
use super::body;
use super::client_address::origin;
use super::graphiql;
use super::negotiate::{Accepted, MediaType, accepted};
use super::params::Params;
use super::request_id::RequestId;
use super::run::{Allowed, Run};
use super::state::HttpState;
use crate::db::StatementCounter;
use crate::error::ErrorCode;

pub(super) async fn handle(
    State(state): State<HttpState>,
    Extension(request_id): Extension<RequestId>,
    request: Request<Body>,
) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let accepted = accepted(request.headers());
    if is_read && state.app.config().graphiql && matches!(accepted, Accepted::Html(_)) {
        return graphiql::page();
    }
    let Some(media_type) = accepted.media_type() else {
        let message = "Accept must allow application/graphql-response+json or application/json.";
        let answer = Answer::refused(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadUserInput, message);
        return answer.into_response(MediaType::Json, None, 0);
    };
    let allowed = if is_read { Allowed::Queries } else { Allowed::All };
    respond(&state, &request_id, request, media_type, allowed).await
}

async fn respond(
    state: &HttpState,
    request_id: &RequestId,
    request: Request<Body>,
    media_type: MediaType,
    allowed: Allowed,
) -> Response {
    let counter = StatementCounter::default();
    let (parts, body) = request.into_parts();
    let origin = origin(&parts, &state.app.config().trusted_proxies);
    let headers = &parts.headers;
    let mut run = Run { state, headers, origin, request_id, allowed, counter: &counter, operation: None };
    let limit = state.app.config().limits.request_time;
    let work = async {
        match read(&parts, body, state.app.config().limits.body_bytes).await {
            Ok(params) => run.answer(params).await,
            Err(refused) => refused,
        }
    };
    let answer = match timeout(limit, work).await {
        Ok(answer) => answer,
        Err(_) => too_slow(limit),
    };
    let operation = run.operation.take();
    answer.into_response(media_type, operation, counter.count())
}

async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Params, Answer> {
    let params = match parts.method {
        Method::GET | Method::HEAD => Params::from_uri(&parts.uri),
        Method::POST => {
            body::check_type(&parts.headers)?;
            let body = body::read(body, limit).await?;
            Params::from_body(&body)
        }
        _ => return Err(method_not_allowed()),
    };
    params.map_err(|message| Answer::refused(StatusCode::BAD_REQUEST, ErrorCode::BadUserInput, message))
}

fn method_not_allowed() -> Answer {
    let message = "The API takes queries by GET, and queries and mutations by POST.";
    Answer::refused(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput, message).with_hint(Hint::AllowGetAndPost)
}

fn too_slow(limit: Duration) -> Answer {
    let message = format!(
        "The request took longer than the limit of {} ms, so its answer is not waited for. A mutation that had started \
         is still finished.",
        limit.as_millis()
    );
    Answer::refused(StatusCode::GATEWAY_TIMEOUT, ErrorCode::Timeout, message)
}
