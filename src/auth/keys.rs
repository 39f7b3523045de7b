//! The keys that sign what clients carry for us.
//!
//! A token names the key that signed it by `kid`, so a new secret takes over while tokens of the old one live out their
//! time. Each kind of token has an audience of its own, and is nothing but a refused text where another kind is wanted.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error as JwtError, ErrorKind};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::auth::secret::hash_secret;
use crate::clock::Timestamp;
use crate::config::AuthConfig;
use crate::error::{Error, Result};

/// What every token says, and what only its kind does.
#[derive(Serialize, Deserialize)]
struct Claims<T> {
    #[serde(flatten)]
    own: T,
    aud: String,
    iat: i64,
    exp: i64,
}

/// A token and the instant from which it is refused.
pub struct SignedToken {
    pub token: String,
    pub expires_at: Timestamp,
}

/// Signs and checks one kind of token.
pub struct Keys {
    audience: &'static str,
    lifetime: Duration,
    kid: String,
    signing: EncodingKey,
    verifying: Vec<(String, DecodingKey)>,
}

impl Keys {
    pub fn new(config: &AuthConfig, audience: &'static str, lifetime: Duration) -> Self {
        // A second server in this process (as in tests) finds the same provider installed.
        let _ = HMAC_SHA256.install_default();
        let secrets = std::iter::once(&config.secret).chain(&config.previous_secrets);
        let verifying = secrets
            .map(|secret| (key_id(secret), DecodingKey::from_secret(secret.expose_secret().as_bytes())))
            .collect();
        let signing = EncodingKey::from_secret(config.secret.expose_secret().as_bytes());
        Self { audience, lifetime, kid: key_id(&config.secret), signing, verifying }
    }

    pub fn sign<T: Serialize>(&self, own: T, now: Timestamp) -> Result<SignedToken> {
        let expires_at = now.after(self.lifetime);
        let claims = Claims { own, aud: self.audience.to_owned(), iat: now.as_secs(), exp: expires_at.as_secs() };
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) };
        let token = jsonwebtoken::encode(&header, &claims, &self.signing).map_err(Error::internal)?;
        Ok(SignedToken { token, expires_at })
    }

    /// What a token of this kind says that one of our keys signed and that has not expired.
    pub fn read<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let (_, key) = self.verifying.iter().find(|(known, _)| *known == kid)?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[self.audience]);
        validation.leeway = 0;
        // In the very second of its end a token is refused already (RFC 7519, 4.1.4).
        validation.reject_tokens_expiring_in_less_than = 1;
        Some(jsonwebtoken::decode::<Claims<T>>(token, key, &validation).ok()?.claims.own)
    }
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
