//! A top-level error with its code, made before anything ran.

use async_graphql::{ErrorExtensionValues, Pos, ServerError};

use crate::error::ErrorCode;

pub(crate) fn refusal(code: ErrorCode, message: impl Into<String>, at: Option<Pos>) -> ServerError {
    let mut error = ServerError::new(message, at);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.as_str());
    error.extensions = Some(extensions);
    error
}
