//! What links in mails carry: the id of a row, and the proof that we wrote it.
//!
//! The proof is a keyed hash of the id, so nothing that opens an account lies in the database: whoever reads that cannot
//! make a link of it, and every attempt to send a mail finds the same one. What the link is for, until when, and whether
//! it was used, says the row.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

use crate::config::AuthConfig;
use crate::error::{Error, Result};
use crate::id::AccountTokenId;

const ID_LENGTH: usize = 16;

/// Writes and reads the tokens of links.
pub struct MailTokens {
    /// The first writes; all are believed.
    secrets: Vec<SecretString>,
}

impl MailTokens {
    pub fn new(config: &AuthConfig) -> Self {
        Self { secrets: std::iter::once(&config.secret).chain(&config.previous_secrets).cloned().collect() }
    }

    pub fn write(&self, id: AccountTokenId) -> Result<String> {
        let secret = self.secrets.first().ok_or_else(|| Error::internal("there is no secret to sign with"))?;
        let proof = proof(secret, id).ok_or_else(|| Error::internal("the secret cannot be used"))?.finalize();
        Ok(URL_SAFE_NO_PAD.encode([id.uuid().as_bytes().as_slice(), &proof.into_bytes()].concat()))
    }

    /// The row that a token names, if we wrote it.
    pub fn read(&self, token: &str) -> Option<AccountTokenId> {
        let bytes = URL_SAFE_NO_PAD.decode(token.trim()).ok()?;
        let (id, given) = bytes.split_at_checked(ID_LENGTH)?;
        let id = AccountTokenId::from(Uuid::from_slice(id).ok()?);
        // Compared in constant time.
        let is_ours = |secret| proof(secret, id).is_some_and(|proof| proof.verify_slice(given).is_ok());
        self.secrets.iter().any(is_ours).then_some(id)
    }
}

fn proof(secret: &SecretString, id: AccountTokenId) -> Option<Hmac<Sha256>> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    Some(mac.chain_update(b"link in a mail:").chain_update(id.uuid().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(secrets: &[&str]) -> MailTokens {
        MailTokens { secrets: secrets.iter().map(|secret| SecretString::from(secret.repeat(32))).collect() }
    }

    #[test]
    fn a_token_names_its_row_each_time_alike() {
        let (tokens, id) = (tokens(&["a"]), AccountTokenId::generate());

        let token = tokens.write(id).unwrap();

        assert_eq!(tokens.read(&token), Some(id));
        assert_eq!(tokens.write(id).unwrap(), token);
    }

    #[test]
    fn a_token_of_the_previous_secret_still_works() {
        let id = AccountTokenId::generate();
        let token = tokens(&["a"]).write(id).unwrap();

        assert_eq!(tokens(&["b", "a"]).read(&token), Some(id));
        assert_eq!(tokens(&["b"]).read(&token), None);
    }

    #[test]
    fn nobody_makes_one_up() {
        let (tokens, id) = (tokens(&["a"]), AccountTokenId::generate());
        let token = tokens.write(id).unwrap();
        let other = AccountTokenId::generate();
        let swapped = URL_SAFE_NO_PAD.encode(
            [other.uuid().as_bytes().as_slice(), &URL_SAFE_NO_PAD.decode(&token).unwrap()[ID_LENGTH..]].concat(),
        );

        for wrong in ["", "nonsense", &token[..token.len() - 4], &swapped, &URL_SAFE_NO_PAD.encode(id.uuid())] {
            assert_eq!(tokens.read(wrong), None, "{wrong}");
        }
    }
}
