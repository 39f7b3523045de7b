//! Reads a request's body, no further than the limit.

use std::error::Error;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::answer::Answer;
use crate::error::ErrorCode;

/// Plain JSON only: what a form or a script of another site may send without asking is refused here.
pub(super) fn check_type(headers: &HeaderMap) -> Result<(), Answer> {
    let unsupported = |message| Answer::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput, message);
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        return Err(unsupported("The request has no Content-Type. Send application/json."));
    };
    if !content_type.to_str().is_ok_and(is_json) {
        return Err(unsupported("The Content-Type must be application/json, in UTF-8."));
    }
    match headers.get(CONTENT_ENCODING).map(|encoding| encoding.as_bytes()) {
        None | Some(b"identity") => Ok(()),
        Some(_) => Err(unsupported("Compressed requests are not read. Send the body without Content-Encoding.")),
    }
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        && parts
            .filter_map(|parameter| parameter.split_once('='))
            .filter(|(name, _)| name.eq_ignore_ascii_case("charset"))
            .all(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, Answer> {
    let announced = body.size_hint().lower();
    if announced > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(too_large(limit));
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_too_large(error.as_ref()) => Err(too_large(limit)),
        Err(_) => Err(Answer::refused(
            StatusCode::BAD_REQUEST,
            ErrorCode::BadUserInput,
            "The body ended before it was complete.",
        )),
    }
}

fn is_too_large(error: &(dyn Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_too_large)
}

fn too_large(limit: usize) -> Answer {
    let message = format!(
        "The body is larger than the limit of {limit} bytes. Send less, or let the operator raise LIMIT_BODY_BYTES."
    );
    Answer::refused(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::BadUserInput, message)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn json_in_utf_8_is_all_that_is_read() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
            "application/json; x=y",
        ] {
            assert!(is_json(good), "{good}");
        }
        for bad in ["text/plain", "application/json; charset=latin1", "application/jsonp", "", "multipart/form-data"] {
            assert!(!is_json(bad), "{bad}");
        }
    }

    #[test]
    fn compressed_bodies_are_refused() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        assert!(check_type(&headers).is_ok());
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(check_type(&headers).is_err());
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        assert_eq!(read(Body::from("12345"), 5).await.unwrap_or_default(), "12345");
        assert!(read(Body::from("123456"), 5).await.is_err());
        let chunks = futures::stream::iter(["123", "456"].map(Ok::<_, std::io::Error>));
        assert!(read(Body::from_stream(chunks), 5).await.is_err());
    }
}
