//! Why a mail could not be sent, without to whom it goes and what stands in it.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp;

use crate::error::Error;

/// What a server answers that sends for nobody but those who have signed in: the configuration can be mended.
const SIGN_IN_FIRST: u16 = 530;
const HIDDEN: &str = "[…]";
const LONGEST: usize = 300;
/// What is shorter is found as a word of its own only.
const UNMISTAKABLE: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFailure {
    /// The server took no mail, or not this one: for now (4xx) or for good (5xx).
    #[error("the mail server refused with {code}: {text}")]
    Refused { code: u16, text: String },
    #[error("the mail server did not answer within {} ms", .0.as_millis())]
    TimedOut(Duration),
    /// The server cannot be reached, or the two do not understand each other.
    #[error("the mail server cannot be spoken to: {0}")]
    Unreachable(String),
    /// The mail's recipient or an attachment cannot be written down as mails have it.
    #[error("the mail cannot be written: {0}")]
    Unwritable(&'static str),
    #[error("the mail cannot be written to {path}: {reason}")]
    Folder { path: String, reason: String },
}

impl SendFailure {
    /// Why no connection came about. What the server says then, such as that the password is wrong, is not about the
    /// mail: it can be sent when that is mended.
    pub(super) fn of_connecting(error: &smtp::Error) -> Self {
        Self::Unreachable(without(&error.to_string(), &[]))
    }

    /// What went wrong on the way, with everything left out that the server may have repeated of the mail.
    pub(super) fn of(error: &smtp::Error, secrets: &[String]) -> Self {
        match error.status() {
            Some(code) => {
                let text = error.source().map(ToString::to_string).unwrap_or_default();
                Self::Refused { code: code.into(), text: without(&text, secrets) }
            }
            None => Self::Unreachable(without(&error.to_string(), secrets)),
        }
    }

    /// Whether it is of no use to try again.
    pub const fn is_permanent(&self) -> bool {
        match self {
            Self::Refused { code: SIGN_IN_FIRST, .. } => false,
            Self::Refused { code, .. } => *code >= 500,
            Self::Unwritable(_) => true,
            Self::TimedOut(_) | Self::Unreachable(_) | Self::Folder { .. } => false,
        }
    }
}

impl From<SendFailure> for Error {
    fn from(failure: SendFailure) -> Self {
        if failure.is_permanent() { Self::internal(failure) } else { Self::Unavailable(failure.into()) }
    }
}

/// Leaves out addresses, links, and words that are secrets or hold one.
fn without(text: &str, secrets: &[String]) -> String {
    let secrets: Vec<String> = secrets.iter().map(|secret| secret.to_lowercase()).collect();
    let is_secret = |word: &str| {
        let word = word.to_lowercase();
        let is_part = |c: char| c.is_alphanumeric() || "._+-".contains(c);
        let mut parts = word.split(|c| !is_part(c)).map(|part| part.trim_matches('.'));
        word.contains('@')
            || word.contains("://")
            || secrets.iter().any(|secret| secret.len() >= UNMISTAKABLE && word.contains(secret.as_str()))
            || parts.any(|part| !part.is_empty() && secrets.iter().any(|secret| secret == part))
    };
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let told: Vec<&str> = words.map(|word| if is_secret(word) { HIDDEN } else { word }).collect();
    told.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_told_without_what_is_secret() {
        let secrets = ["ana".to_owned(), "q7Zr2LxN0aVbT4cK".to_owned()];
        for (text, told) in [
            ("5.1.1 <Ana@shop.example>: Recipient rejected", "5.1.1 […] Recipient rejected"),
            ("no such user: ANA.", "no such user: […]"),
            ("user=ana; banana is fine", "[…] banana is fine"),
            ("spam: https://shop.example/x?token=1\r\n bye", "spam: […] bye"),
            ("found x=q7zr2lxn0avbt4ck! in it", "found […] in it"),
            ("4.2.2 mailbox full", "4.2.2 mailbox full"),
        ] {
            assert_eq!(without(text, &secrets), told, "{text}");
        }
        assert_eq!(without(&"long ".repeat(200), &secrets).chars().count(), LONGEST);
    }

    #[test]
    fn only_a_final_no_is_permanent() {
        let refused = |code| SendFailure::Refused { code, text: String::new() };

        assert!(refused(550).is_permanent() && !refused(451).is_permanent() && !refused(530).is_permanent());
        assert!(!SendFailure::TimedOut(Duration::ZERO).is_permanent());
        assert!(matches!(Error::from(refused(421)), Error::Unavailable(_)));
    }
}
