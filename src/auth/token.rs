//! Access tokens: short-lived JWTs that carry their subject and session and nothing else.

use serde::{Deserialize, Serialize};

use crate::auth::AccountId;
use crate::auth::keys::{Keys, SignedToken};
use crate::clock::Timestamp;
use crate::config::AuthConfig;
use crate::error::{Error, Result};
use crate::id::SessionId;

/// What an access token says of its own.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    sid: String,
}

/// Whom an access token was given to, in which session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    pub account: AccountId,
    pub session: SessionId,
}

/// Signs and checks access tokens.
pub struct Tokens(Keys);

impl Tokens {
    pub fn new(config: &AuthConfig) -> Self {
        Self(Keys::new(config, "tradepost", config.access_token_lifetime))
    }

    pub fn sign(&self, subject: Subject, now: Timestamp) -> Result<SignedToken> {
        self.0.sign(Claims { sub: subject.account.to_string(), sid: subject.session.to_string() }, now)
    }

    /// Reads a token that one of our keys signed and that has not expired.
    pub fn verify(&self, token: &str) -> Result<Subject> {
        self.read(token).ok_or_else(|| {
            Error::Unauthenticated(
                "The access token is not valid or has expired; sign in or refresh the session.".into(),
            )
        })
    }

    fn read(&self, token: &str) -> Option<Subject> {
        let claims: Claims = self.0.read(token)?;
        Some(Subject { account: claims.sub.parse().ok()?, session: claims.sid.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use secrecy::SecretString;

    use super::*;
    use crate::config::LinkConfig;
    use crate::id::{CustomerId, StaffUserId};

    fn tokens(secret: &str, previous: &[&str], minutes: u64) -> Tokens {
        Tokens::new(&AuthConfig {
            secret: SecretString::from(secret.repeat(32)),
            previous_secrets: previous.iter().map(|secret| SecretString::from(secret.repeat(32))).collect(),
            access_token_lifetime: Duration::from_mins(minutes),
            preview_token_lifetime: Duration::from_hours(1),
            refresh_token_lifetime: Duration::from_hours(1),
            links: LinkConfig {
                password_reset: Duration::from_hours(1),
                invitation: Duration::from_hours(1),
                others: Duration::from_hours(1),
            },
            password_memory_kib: 8,
            password_iterations: 1,
        })
    }

    fn subject() -> Subject {
        Subject { account: AccountId::Staff(StaffUserId::generate()), session: SessionId::generate() }
    }

    #[test]
    fn a_token_says_whom_it_was_given_to() {
        let (tokens, staff) = (tokens("a", &[], 10), subject());
        let customer = Subject { account: AccountId::Customer(CustomerId::generate()), ..staff };

        for subject in [staff, customer] {
            let token = tokens.sign(subject, Timestamp::now()).unwrap().token;
            assert_eq!(tokens.verify(&token).unwrap(), subject);
        }
    }

    #[test]
    fn a_token_of_the_previous_key_still_verifies() {
        let subject = subject();
        let token = tokens("a", &[], 10).sign(subject, Timestamp::now()).unwrap().token;

        assert_eq!(tokens("b", &["a"], 10).verify(&token).unwrap(), subject);
        assert!(tokens("b", &[], 10).verify(&token).is_err());
    }

    #[test]
    fn a_token_is_refused_once_it_has_expired() {
        let tokens = tokens("a", &[], 10);
        let signed = |ago| tokens.sign(subject(), Timestamp::now().before(ago)).unwrap().token;

        assert!(tokens.verify(&signed(Duration::from_mins(9))).is_ok());
        assert!(tokens.verify(&signed(Duration::from_mins(11))).is_err());
    }

    #[test]
    fn a_changed_token_is_refused() {
        let tokens = tokens("a", &[], 10);
        let token = tokens.sign(subject(), Timestamp::now()).unwrap().token;
        let (rest, signature) = token.rsplit_once('.').unwrap();
        let (header, payload) = rest.split_once('.').unwrap();
        let header = String::from_utf8(URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
        let header = URL_SAFE_NO_PAD.encode(header.replace("HS256", "none"));

        assert!(tokens.verify(&format!("{header}.{payload}.")).is_err());
        assert!(tokens.verify(&format!("{header}.{payload}.{signature}")).is_err());
        assert!(tokens.verify(&format!("{rest}.{}", URL_SAFE_NO_PAD.encode([0; 32]))).is_err());
        assert!(tokens.verify("nonsense").is_err());
    }
}
