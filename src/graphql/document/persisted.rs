//! Persisted queries: a client names a text by its SHA-256 and sends the text itself only when asked to.

use std::sync::Arc;

use async_graphql::ServerError;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::refusal;
use crate::error::ErrorCode;

pub(super) type Hash = [u8; 32];

/// What `extensions.persistedQuery` of a request says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PersistedQuery {
    pub version: i64,
    pub sha256: String,
}

/// How a request says what to run: by text, by hash, or by both.
pub(crate) struct Source<'a> {
    pub query: Option<&'a str>,
    pub persisted: Option<&'a PersistedQuery>,
}

/// A text with its hash.
pub(super) struct Text<'a> {
    pub hash: Hash,
    pub query: Query<'a>,
    /// The client wants to name it by its hash from now on.
    pub to_register: bool,
}

pub(super) enum Query<'a> {
    Sent(&'a str),
    Remembered(Arc<str>),
}

impl Query<'_> {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Sent(query) => query,
            Self::Remembered(query) => query,
        }
    }
}

/// Finds the text that is meant. One that is sent with a hash must have that hash.
pub(super) fn resolve<'a>(source: &Source<'a>, known: &Cache<Hash, Arc<str>>) -> Result<Text<'a>, ServerError> {
    let Some(persisted) = source.persisted else {
        let query = source.query.ok_or_else(missing)?;
        return Ok(Text { hash: hash(query), query: Query::Sent(query), to_register: false });
    };
    if persisted.version != 1 {
        return Err(wrong("only version 1 of persisted queries is understood"));
    }
    let claimed = parse_hash(&persisted.sha256).ok_or_else(|| wrong("sha256Hash must be 64 hexadecimal digits"))?;
    match source.query {
        Some(query) if hash(query) == claimed => {
            Ok(Text { hash: claimed, query: Query::Sent(query), to_register: true })
        }
        Some(_) => Err(wrong("sha256Hash is not the SHA-256 of query")),
        None => {
            // Clients look for exactly this message.
            let unknown = || refusal(ErrorCode::PersistedQueryNotFound, "PersistedQueryNotFound", None);
            Ok(Text {
                hash: claimed,
                query: Query::Remembered(known.get(&claimed).ok_or_else(unknown)?),
                to_register: false,
            })
        }
    }
}

fn missing() -> ServerError {
    refusal(ErrorCode::BadUserInput, "The request has no query.", None)
}

fn wrong(reason: &str) -> ServerError {
    let message = format!("The persisted query is refused: {reason}.");
    refusal(ErrorCode::BadUserInput, message, None)
}

fn hash(query: &str) -> Hash {
    Sha256::digest(query.as_bytes()).into()
}

fn parse_hash(hex: &str) -> Option<Hash> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut hash = Hash::default();
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
    }
    // `from_str_radix` takes a sign, too.
    (!hex.contains('+')).then_some(hash)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn hex(hash: Hash) -> String {
        hash.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    fn persisted(version: i64, sha256: &str) -> PersistedQuery {
        PersistedQuery { version, sha256: sha256.to_owned() }
    }

    fn message(query: Option<&str>, persisted: Option<&PersistedQuery>) -> String {
        resolve(&Source { query, persisted }, &Cache::new(10)).err().map(|error| error.message).unwrap_or_default()
    }

    #[test]
    fn a_hash_must_belong_to_its_text() {
        let right = persisted(1, &hex(hash("{ a }")));

        assert_eq!(message(Some("{ a }"), Some(&right)), "");
        assert!(message(Some("{ b }"), Some(&right)).contains("is not the SHA-256"));
        assert!(message(Some("{ a }"), Some(&persisted(2, &right.sha256))).contains("version 1"));
    }

    #[test]
    fn hashes_are_64_hexadecimal_digits() {
        for bad in ["", "zz", "+1", &"g".repeat(64), &"+1".repeat(32), &"é".repeat(32), &"0".repeat(65)] {
            assert!(message(None, Some(&persisted(1, bad))).contains("64 hexadecimal"), "{bad}");
        }
        assert_eq!(parse_hash(&"AB".repeat(32)), Some([0xab; 32]));
    }

    #[test]
    fn an_unknown_hash_is_answered_with_the_message_clients_wait_for() {
        assert_eq!(message(None, Some(&persisted(1, &"0".repeat(64)))), "PersistedQueryNotFound");
        assert!(message(None, None).contains("no query"));
    }
}
