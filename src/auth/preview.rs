//! Preview tokens: JWTs that show one product to whoever holds them, though it is not published.
//!
//! They open nothing else, and are no access tokens: their audience is another one.

use serde::{Deserialize, Serialize};

use crate::auth::keys::{Keys, SignedToken};
use crate::clock::Timestamp;
use crate::config::AuthConfig;
use crate::error::{Error, Result};
use crate::id::ProductId;

/// What a preview token says of its own.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
}

/// Signs and checks preview tokens.
pub struct PreviewTokens(Keys);

impl PreviewTokens {
    pub fn new(config: &AuthConfig) -> Self {
        Self(Keys::new(config, "tradepost:preview", config.preview_token_lifetime))
    }

    pub fn sign(&self, product: ProductId, now: Timestamp) -> Result<SignedToken> {
        self.0.sign(Claims { sub: product.to_string() }, now)
    }

    /// The product that a token shows.
    pub fn verify(&self, token: &str) -> Result<ProductId> {
        let claims: Option<Claims> = self.0.read(token);
        claims.and_then(|claims| claims.sub.parse().ok()).ok_or_else(|| {
            Error::BadInput(
                "The preview token is not valid or has expired; make a new one by productPreviewCreate.".into(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use secrecy::SecretString;

    use super::*;
    use crate::auth::AccountId;
    use crate::auth::token::{Subject, Tokens};
    use crate::config::LinkConfig;
    use crate::id::{SessionId, StaffUserId};

    fn config(secret: &str, previous: &[&str]) -> AuthConfig {
        AuthConfig {
            secret: SecretString::from(secret.repeat(32)),
            previous_secrets: previous.iter().map(|secret| SecretString::from(secret.repeat(32))).collect(),
            access_token_lifetime: Duration::from_mins(10),
            preview_token_lifetime: Duration::from_hours(24),
            refresh_token_lifetime: Duration::from_hours(1),
            links: LinkConfig {
                password_reset: Duration::from_hours(1),
                invitation: Duration::from_hours(1),
                others: Duration::from_hours(1),
            },
            password_memory_kib: 8,
            password_iterations: 1,
        }
    }

    #[test]
    fn a_token_names_its_product_for_its_hours() {
        let (tokens, product) = (PreviewTokens::new(&config("a", &[])), ProductId::generate());
        let signed = |ago| tokens.sign(product, Timestamp::now().before(ago)).unwrap();

        let fresh = signed(Duration::from_hours(23));

        assert_eq!(tokens.verify(&fresh.token).unwrap(), product);
        assert!(fresh.expires_at > Timestamp::now().after(Duration::from_mins(59)));
        assert!(tokens.verify(&signed(Duration::from_hours(25)).token).is_err());
    }

    #[test]
    fn a_token_of_the_previous_key_still_shows_its_product() {
        let product = ProductId::generate();
        let token = PreviewTokens::new(&config("a", &[])).sign(product, Timestamp::now()).unwrap().token;

        assert_eq!(PreviewTokens::new(&config("b", &["a"])).verify(&token).unwrap(), product);
        assert!(PreviewTokens::new(&config("b", &[])).verify(&token).is_err());
    }

    #[test]
    fn a_preview_token_and_an_access_token_never_pass_for_each_other() {
        let (config, now) = (config("a", &[]), Timestamp::now());
        let (access, previews) = (Tokens::new(&config), PreviewTokens::new(&config));
        let subject = Subject { account: AccountId::Staff(StaffUserId::generate()), session: SessionId::generate() };

        let preview = previews.sign(ProductId::generate(), now).unwrap().token;
        let access_token = access.sign(subject, now).unwrap().token;

        assert!(access.verify(&preview).is_err());
        assert!(previews.verify(&access_token).is_err());
        assert!(previews.verify("nonsense").is_err());
    }
}
