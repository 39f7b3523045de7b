//! What goes back to the client: GraphQL errors and data, with the HTTP status that they deserve.

use std::sync::Arc;

use async_graphql::{Pos, ServerError, Value};
use axum::body::Body;
use axum::response::Response;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, VARY, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::access_log::Logged;
use super::mistakes::{self, code_of};
use super::negotiate::MediaType;
use super::request_id::RequestId;
use crate::error::{Error, ErrorCode};
use crate::graphql::document::{Operation, refusal};

pub(super) struct Answer {
    errors: Vec<ServerError>,
    /// `None` where nothing ran: then the member is left out.
    data: Option<Value>,
    status: Status,
    hint: Option<Hint>,
}

/// Tells the client's HTTP library how to do better.
#[derive(Clone, Copy)]
pub(super) enum Hint {
    AllowPost,
    AllowGetAndPost,
    InvalidToken,
}

impl Hint {
    const fn to_header(self) -> (HeaderName, HeaderValue) {
        match self {
            Self::AllowPost => (ALLOW, HeaderValue::from_static("POST")),
            Self::AllowGetAndPost => (ALLOW, HeaderValue::from_static("GET, POST")),
            Self::InvalidToken => (WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\"")),
        }
    }
}

#[derive(Clone, Copy)]
enum Status {
    /// The same for every media type.
    Fixed(StatusCode),
    /// The request was well-formed; what is wrong is in the errors.
    ByErrors,
}

impl Answer {
    /// A request that is refused for its form, or before its content matters.
    pub(super) fn refused(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { errors: vec![refusal(code, message, None)], data: None, status: Status::Fixed(status), hint: None }
    }

    /// An operation that cannot run.
    pub(super) fn invalid(errors: Vec<ServerError>) -> Self {
        Self { errors, data: None, status: Status::ByErrors, hint: None }
    }

    pub(super) fn failed(error: Error) -> Self {
        let mut error = async_graphql::Error::from(error).into_server_error(Pos::default());
        error.locations.clear();
        Self::invalid(vec![error])
    }

    /// After a panic, whose report is in the log.
    pub(super) fn broken(request_id: &RequestId) -> Self {
        Self::invalid(vec![mistakes::hidden(request_id)])
    }

    /// What an execution came to, with its errors completed.
    pub(super) fn executed(mut response: async_graphql::Response, request_id: &RequestId) -> Self {
        mistakes::complete(&mut response.errors, request_id);
        let errors = &response.errors;
        let nothing_ran =
            response.data == Value::Null && !errors.is_empty() && errors.iter().all(|error| error.path.is_empty());
        // Nothing but nulls is no partial answer: the status may say so then.
        let lost = has(errors, ErrorCode::Unavailable) || has(errors, ErrorCode::Timeout);
        let void = lost && is_void(&response.data);
        Self {
            data: (!nothing_ran && !void).then_some(response.data),
            errors: response.errors,
            status: Status::ByErrors,
            hint: None,
        }
    }

    pub(super) fn with_hint(self, hint: Hint) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(super) fn complete(&mut self, request_id: &RequestId) {
        mistakes::complete(&mut self.errors, request_id);
    }

    pub(super) fn into_response(
        self,
        media_type: MediaType,
        operation: Option<Arc<Operation>>,
        statements: u32,
    ) -> Response {
        let status = self.http_status(media_type);
        let logged = Logged {
            outcome: self.errors.first().map(|error| code_of(error).unwrap_or("ok").to_owned()),
            operation,
            statements,
        };
        let mut response = Response::new(Body::from(self.to_json()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, media_type.content_type());
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("accept, accept-encoding, authorization"));
        headers.extend(self.hint.map(Hint::to_header));
        response.extensions_mut().insert(logged);
        response
    }

    fn http_status(&self, media_type: MediaType) -> StatusCode {
        let status = match self.status {
            Status::Fixed(status) => return status,
            Status::ByErrors if self.data.is_some() => return StatusCode::OK,
            Status::ByErrors => self.errors.first().map_or(StatusCode::OK, |error| status_of(code_of(error))),
        };
        // Clients of plain JSON read what is wrong with their document from the body.
        match (media_type, status) {
            (MediaType::Json, StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN) => StatusCode::OK,
            _ => status,
        }
    }

    fn to_json(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Wire<'a> {
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            errors: &'a [ServerError],
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<&'a Value>,
        }
        let wire = Wire { errors: &self.errors, data: self.data.as_ref() };
        // Values come from the schema's own scalars; none of them fails to be written.
        serde_json::to_vec(&wire).unwrap_or_else(|_| {
            br#"{"errors":[{"message":"The answer cannot be written as JSON.","extensions":{"code":"INTERNAL"}}]}"#
                .to_vec()
        })
    }
}

fn has(errors: &[ServerError], code: ErrorCode) -> bool {
    errors.iter().any(|error| code_of(error) == Some(code.as_str()))
}

/// Root fields are nullable, so a lost database shows as an object of nulls.
fn is_void(data: &Value) -> bool {
    match data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        _ => false,
    }
}

fn status_of(code: Option<&str>) -> StatusCode {
    match code {
        Some("UNAUTHENTICATED") => StatusCode::UNAUTHORIZED,
        Some("FORBIDDEN") => StatusCode::FORBIDDEN,
        Some("RATE_LIMITED") => StatusCode::TOO_MANY_REQUESTS,
        Some("TIMEOUT") => StatusCode::GATEWAY_TIMEOUT,
        Some("UNAVAILABLE") => StatusCode::SERVICE_UNAVAILABLE,
        Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Response as Executed};
    use http::HeaderMap;

    use super::*;

    fn executed(code: ErrorCode, data: Value, path: &[&str]) -> Answer {
        let mut error = refusal(code, "No.", None);
        error.path = path.iter().map(|name| PathSegment::Field((*name).to_owned())).collect();
        let mut response = Executed::new(data);
        response.errors.push(error);
        Answer::executed(response, &RequestId::of(&HeaderMap::new()))
    }

    fn statuses(answer: &Answer) -> (u16, u16) {
        let status = |media_type| answer.http_status(media_type).as_u16();
        (status(MediaType::GraphqlResponse), status(MediaType::Json))
    }

    fn nulls() -> Value {
        Value::from_json(serde_json::json!({"a": null, "b": null})).unwrap()
    }

    #[test]
    fn partial_data_is_a_success() {
        let some = Value::from_json(serde_json::json!({"a": null, "b": 1})).unwrap();
        let answer = executed(ErrorCode::Unavailable, some, &["a"]);

        assert_eq!(statuses(&answer), (200, 200));
        assert!(answer.data.is_some());
        assert_eq!(statuses(&executed(ErrorCode::Forbidden, nulls(), &["a"])), (200, 200));
    }

    #[test]
    fn nothing_but_nulls_from_a_lost_database_is_503() {
        let answer = executed(ErrorCode::Unavailable, nulls(), &["a"]);

        assert_eq!(statuses(&answer), (503, 503));
        assert_eq!(
            answer.to_json(),
            br#"{"errors":[{"message":"No.","path":["a"],"extensions":{"code":"UNAVAILABLE"}}]}"#
        );
    }

    #[test]
    fn an_operation_that_cannot_run_has_no_data() {
        let answer = executed(ErrorCode::QueryTooComplex, Value::Null, &[]);

        assert!(answer.data.is_none());
        assert_eq!(statuses(&answer), (400, 200));
    }

    #[test]
    fn a_malformed_request_is_refused_for_every_media_type() {
        let answer = Answer::refused(StatusCode::BAD_REQUEST, ErrorCode::BadUserInput, "No.");

        assert_eq!(statuses(&answer), (400, 400));
    }
}
