//! The name by which client, log and operator speak of the same request.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST: usize = 64;

#[derive(Clone, Debug)]
pub(super) struct RequestId(Arc<str>);

impl RequestId {
    /// Keeps the client's own id if it is safe to log, and makes a new one otherwise.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|text| is_safe(text));
        Self(given.map_or_else(|| random().into(), Arc::from))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn to_header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn random() -> String {
    format!("{:032x}", rand::random::<u128>())
}

fn is_safe(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(given: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, given.parse().unwrap());
        RequestId::of(&headers).to_string()
    }

    #[test]
    fn a_safe_id_is_kept() {
        assert_eq!(id_for("rig-abc_1.2"), "rig-abc_1.2");
    }

    #[test]
    fn anything_else_is_replaced() {
        for given in ["", "a b", "a\"b", &"a".repeat(65)] {
            let id = id_for(given);
            assert!(is_safe(&id) && id != given, "{given}");
        }
        assert_ne!(RequestId::of(&HeaderMap::new()).to_string(), RequestId::of(&HeaderMap::new()).to_string());
    }
}
