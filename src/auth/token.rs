//! Access tokens (short-lived JWTs) and refresh tokens (random, kept as hashes).
//!
//! A JWT carries its subject and session and nothing else. The key that signed it is named by `kid`, so a new secret
//! takes over while tokens of the old one live out their minutes.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error as JwtError, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngExt as _;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::config::AuthConfig;
use crate::error::{Error, Result};
use crate::id::{SessionId, StaffUserId};

const AUDIENCE: &str = "tradepost";

/// What an access token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    sid: String,
    aud: String,
    iat: i64,
    exp: i64,
}

/// Whom an access token was given to, in which session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    pub staff_user: StaffUserId,
    pub session: SessionId,
}

/// An access token and the instant from which it is refused.
pub struct AccessToken {
    pub token: String,
    pub expires_at: Timestamp,
}

/// Signs and checks access tokens.
pub struct Tokens {
    kid: String,
    signing: EncodingKey,
    verifying: Vec<(String, DecodingKey)>,
    lifetime: Duration,
}

impl Tokens {
    pub fn new(config: &AuthConfig) -> Self {
        // A second server in this process (as in tests) finds the same provider installed.
        let _ = HMAC_SHA256.install_default();
        let secrets = std::iter::once(&config.secret).chain(&config.previous_secrets);
        let verifying = secrets
            .map(|secret| (key_id(secret), DecodingKey::from_secret(secret.expose_secret().as_bytes())))
            .collect();
        Self {
            kid: key_id(&config.secret),
            signing: EncodingKey::from_secret(config.secret.expose_secret().as_bytes()),
            verifying,
            lifetime: config.access_token_lifetime,
        }
    }

    pub fn sign(&self, subject: Subject, now: Timestamp) -> Result<AccessToken> {
        let expires_at = now.after(self.lifetime);
        let claims = Claims {
            sub: subject.staff_user.to_string(),
            sid: subject.session.to_string(),
            aud: AUDIENCE.to_owned(),
            iat: now.as_secs(),
            exp: expires_at.as_secs(),
        };
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) };
        let token = jsonwebtoken::encode(&header, &claims, &self.signing).map_err(Error::internal)?;
        Ok(AccessToken { token, expires_at })
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
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let (_, key) = self.verifying.iter().find(|(known, _)| *known == kid)?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.leeway = 0;
        // In the very second of its end a token is refused already (RFC 7519, 4.1.4).
        validation.reject_tokens_expiring_in_less_than = 1;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &validation).ok()?.claims;
        Some(Subject { staff_user: claims.sub.parse().ok()?, session: claims.sid.parse().ok()? })
    }
}

/// A secret of 256 random bits, readable in a header or a mail.
pub fn random_secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())
}

/// How a random secret is kept: it needs no salt, having entropy of its own.
pub fn hash_secret(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

fn key_id(secret: &SecretString) -> String {
    hash_secret(&format!("kid:{}", secret.expose_secret())).chars().take(11).collect()
}

/// The one algorithm in use. The library's own providers would bring RSA and a large C library along.
static HMAC_SHA256: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| {
        only_hs256(*algorithm)?;
        Ok(Box::new(HmacSha256(mac(key.as_bytes())?)))
    },
    verifier_factory: |algorithm, key| {
        only_hs256(*algorithm)?;
        Ok(Box::new(HmacSha256(mac(key.try_get_as_bytes()?)?)))
    },
    key_utils: KeyUtils::new_unimplemented(),
};

struct HmacSha256(Hmac<Sha256>);

fn mac(key: &[u8]) -> Result<Hmac<Sha256>, JwtError> {
    Hmac::new_from_slice(key).map_err(|_| JwtError::from(ErrorKind::InvalidKeyFormat))
}

fn only_hs256(algorithm: Algorithm) -> Result<(), JwtError> {
    if algorithm == Algorithm::HS256 { Ok(()) } else { Err(ErrorKind::InvalidAlgorithm.into()) }
}

impl Signer<Vec<u8>> for HmacSha256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(self.0.clone().chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl JwtSigner for HmacSha256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl Verifier<Vec<u8>> for HmacSha256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        // Compares in constant time.
        self.0.clone().chain_update(message).verify_slice(signature).map_err(signature::Error::from_source)
    }
}

impl JwtVerifier for HmacSha256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(secret: &str, previous: &[&str], minutes: u64) -> Tokens {
        Tokens::new(&AuthConfig {
            secret: SecretString::from(secret.repeat(32)),
            previous_secrets: previous.iter().map(|secret| SecretString::from(secret.repeat(32))).collect(),
            access_token_lifetime: Duration::from_mins(minutes),
            refresh_token_lifetime: Duration::from_hours(1),
            password_memory_kib: 8,
            password_iterations: 1,
        })
    }

    fn subject() -> Subject {
        Subject { staff_user: StaffUserId::generate(), session: SessionId::generate() }
    }

    #[test]
    fn a_token_says_whom_it_was_given_to() {
        let (tokens, subject) = (tokens("a", &[], 10), subject());

        let token = tokens.sign(subject, Timestamp::now()).unwrap().token;

        assert_eq!(tokens.verify(&token).unwrap(), subject);
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
        let header = URL_SAFE_NO_PAD.encode(format!("{{\"alg\":\"none\",\"kid\":\"{}\"}}", tokens.kid));
        let payload = rest.split_once('.').unwrap().1;

        assert!(tokens.verify(&format!("{header}.{payload}.")).is_err());
        assert!(tokens.verify(&format!("{header}.{payload}.{signature}")).is_err());
        assert!(tokens.verify(&format!("{rest}.{}", URL_SAFE_NO_PAD.encode([0; 32]))).is_err());
        assert!(tokens.verify("nonsense").is_err());
    }
}
