//! Gives every error of an answer its code, and keeps what went wrong inside from leaving the house.

use std::error::Error as StdError;
use std::fmt;

use async_graphql::{ErrorExtensionValues, PathSegment, ServerError, Value};

use super::request_id::RequestId;
use crate::error::{ErrorCode, cause_of};
use crate::graphql::document::refusal;

/// A page of a hundred items can fail a hundred times for one reason.
const MOST_LOGGED: usize = 5;
/// Field names in a path may be aliases, which the client chose.
const LONGEST_PATH: usize = 200;

pub(super) fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

fn is(error: &ServerError, code: ErrorCode) -> bool {
    code_of(error) == Some(code.as_str())
}

/// Completes the errors of an answer and logs the causes that only the operator may know. To be called once.
pub(super) fn complete(errors: &mut [ServerError], request_id: &RequestId) {
    let mut logged = 0;
    for error in errors {
        if code_of(error).is_none() {
            let code = missing_code(error);
            set_code(error, code);
        }
        let internal = is(error, ErrorCode::Internal);
        if (internal || is(error, ErrorCode::Unavailable)) && logged < MOST_LOGGED {
            log(error);
            logged += 1;
        }
        if internal {
            let path = std::mem::take(&mut error.path);
            let locations = std::mem::take(&mut error.locations);
            *error = ServerError { path, locations, ..hidden(request_id) };
        }
    }
}

/// Our own errors know theirs. Of the framework's, those without a path precede execution and are the client's; of
/// the others, the client's are those about arguments.
fn missing_code(error: &ServerError) -> ErrorCode {
    if let Some(cause) = cause_of(error) {
        return cause.code();
    }
    let about_input = ["Failed to parse \"", "Expected input type \"", "Invalid value for "];
    let of_client = error.path.is_empty() || about_input.iter().any(|start| error.message.starts_with(start));
    if of_client && error.source.is_none() { ErrorCode::BadUserInput } else { ErrorCode::Internal }
}

fn set_code(error: &mut ServerError, code: ErrorCode) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code.as_str());
}

/// Whatever went wrong, the client learns the request's id and no more.
pub(super) fn hidden(request_id: &RequestId) -> ServerError {
    let message = format!(
        "Something went wrong on our side. If it keeps happening, tell the operator the request id {request_id}."
    );
    let mut error = refusal(ErrorCode::Internal, message, None);
    if let Some(extensions) = &mut error.extensions {
        extensions.set("requestId", request_id.as_str());
    }
    error
}

fn log(error: &ServerError) {
    let path = path_of(error);
    match cause_of(error) {
        Some(cause) => tracing::error!(graphql.path = path, error = %Chain(cause), "a request failed"),
        None => tracing::error!(graphql.path = path, error = error.message, "a request failed"),
    }
}

fn path_of(error: &ServerError) -> String {
    let steps: Vec<String> = error
        .path
        .iter()
        .map(|step| match step {
            PathSegment::Field(name) => name.clone(),
            PathSegment::Index(index) => index.to_string(),
        })
        .collect();
    steps.join(".").chars().take(LONGEST_PATH).collect()
}

/// An error with all its causes in one line.
struct Chain<'a>(&'a dyn StdError);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(formatter, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::error::Error;

    fn completed(mut error: ServerError) -> ServerError {
        complete(std::slice::from_mut(&mut error), &RequestId::of(&HeaderMap::new()));
        error
    }

    fn at_field(message: &str) -> ServerError {
        let mut error = ServerError::new(message, None);
        error.path = vec![PathSegment::Field("product".to_owned()), PathSegment::Index(3)];
        error
    }

    #[test]
    fn errors_without_a_code_get_the_one_of_who_can_act() {
        for (error, code) in [
            (ServerError::new("Unknown field", None), "BAD_USER_INPUT"),
            (at_field("Failed to parse \"Decimal\": no digits"), "BAD_USER_INPUT"),
            (at_field("Expected input type \"Int\", found 1."), "BAD_USER_INPUT"),
            (at_field("Data `App` does not exist."), "INTERNAL"),
        ] {
            assert_eq!(code_of(&completed(error)), Some(code));
        }
    }

    #[test]
    fn an_internal_error_tells_nothing_but_the_request_id() {
        let cause = Error::internal("password=hunter2");
        let wire = async_graphql::Error::from(cause).into_server_error(Default::default());

        let error = completed(wire);

        let text = serde_json::to_string(&error).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
        assert!(text.contains("requestId"), "{text}");
    }

    #[test]
    fn other_errors_keep_their_message() {
        let wire = async_graphql::Error::from(Error::Forbidden("You may not.".to_owned()));

        let error = completed(wire.into_server_error(Default::default()));

        assert_eq!((error.message.as_str(), code_of(&error)), ("You may not.", Some("FORBIDDEN")));
    }
}
