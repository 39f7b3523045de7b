//! From the `Authorization` header to the actor. A bad token is refused, never quietly taken for an anonymous caller.

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::answer::{Answer, Hint};
use crate::app::App;
use crate::auth::{Actor, Origin};
use crate::error::{Error, ErrorCode};

pub(super) async fn actor(app: &App, headers: &HeaderMap, origin: &Origin) -> Result<Actor, Answer> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Ok(Actor::Anonymous);
    };
    let Some(token) = header.to_str().ok().and_then(bearer_token) else {
        let message = "The Authorization header is not understood. Send \"Bearer\" and an access token, or no header.";
        let answer = Answer::refused(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message);
        return Err(answer.with_hint(Hint::InvalidToken));
    };
    app.authenticator.authenticate(token, origin).await.map_err(|error| match error {
        Error::Unauthenticated(message) => {
            Answer::refused(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, message).with_hint(Hint::InvalidToken)
        }
        other => Answer::failed(other),
    })
}

fn bearer_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bearer_tokens_are_understood() {
        assert_eq!(bearer_token("Bearer abc"), Some("abc"));
        assert_eq!(bearer_token("bearer  abc "), Some("abc"));
        for bad in ["Basic abc", "Bearer", "Bearer ", "abc", ""] {
            assert_eq!(bearer_token(bad), None, "{bad}");
        }
    }
}
