//! One line in the log for each request, and a span around all others of it.
//!
//! No line holds a query's text, a variable, a token or an id of the shop's data.

use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::middleware::Next;
use axum::response::Response;
use http::{Method, Request, StatusCode};
use tracing::Instrument;

use super::encoding;
use super::request_id::{REQUEST_ID, RequestId};
use crate::graphql::document::Operation;

/// An operation's name is the client's choice, and only its start is kept.
const LONGEST_NAME: usize = 64;

/// What a handler knows for the log; it travels in the response's extensions.
#[derive(Clone)]
pub(super) struct Logged {
    /// The code of the first error.
    pub outcome: Option<String>,
    pub operation: Option<Arc<Operation>>,
    pub statements: u32,
}

pub(super) async fn observe(mut request: Request<Body>, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    encoding::interpret(request.headers_mut());
    // Outside of the span, whose fields the line has itself.
    let mut line = Line {
        id: id.clone(),
        method: request.method().clone(),
        path: known_path(request.uri().path()),
        start: Instant::now(),
        answered: None,
    };
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", request.id = %id);
    let mut response = next.run(request).instrument(span).await;
    line.answered = Some((response.status(), response.extensions_mut().remove::<Logged>()));
    if let Some(id) = id.to_header() {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Paths that are not ours may hold anything.
fn known_path(path: &str) -> &'static str {
    match path {
        "/" => "/",
        "/graphql" => "/graphql",
        "/health/live" => "/health/live",
        "/health/ready" => "/health/ready",
        _ if path.starts_with("/graphql/assets/") => "/graphql/assets/…",
        _ if path.starts_with("/sample/") => "/sample/…",
        _ if path.starts_with("/favicon.") => "/favicon",
        _ => "other",
    }
}

/// Writes itself when it is dropped, so that a client that leaves early is seen, too.
struct Line {
    id: RequestId,
    method: Method,
    path: &'static str,
    start: Instant,
    answered: Option<(StatusCode, Option<Logged>)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        let answered = self.answered.take();
        // Whoever watches the server's health asks every few seconds.
        let is_healthy = answered.as_ref().is_some_and(|(status, _)| status.is_success());
        if is_healthy && self.path.starts_with("/health/") {
            return;
        }
        let (status, logged) = match answered {
            Some((status, logged)) => (Some(status.as_u16()), logged),
            None => (None, None),
        };
        let operation = logged.as_ref().and_then(|logged| logged.operation.as_deref());
        let outcome = match (&logged, status) {
            (_, None) => "client left",
            (Some(logged), _) => logged.outcome.as_deref().unwrap_or("ok"),
            (None, Some(status)) if status < 400 => "ok",
            (None, Some(_)) => "refused",
        };
        let duration_ms = (self.start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        tracing::info!(
            target: "tradepost::access",
            {
                request.id = %self.id,
                http.method = %self.method,
                http.path = self.path,
                http.status = status,
                duration_ms,
                "graphql.type" = operation.map(kind),
                graphql.operation = operation.and_then(name),
                db.statements = logged.as_ref().map(|logged| logged.statements),
                outcome,
            },
            "answered"
        );
    }
}

fn kind(operation: &Operation) -> &'static str {
    match operation.kind() {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

/// GraphQL names are plain letters, digits and underscores.
fn name(operation: &Operation) -> Option<&str> {
    let name = operation.name()?;
    Some(name.get(..LONGEST_NAME).unwrap_or(name))
}
