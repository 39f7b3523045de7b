//! Secrets that sign, how long what they sign lives, and what passwords cost.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;

use super::options::ServerOptions;
use super::read::{Reader, given};
use super::settings::{AuthConfig, LinkConfig};
use super::value;

impl Reader {
    pub(super) fn auth(&mut self, options: &ServerOptions) -> AuthConfig {
        let accepted = "at least 32 bytes, for example the output of `openssl rand -base64 48`";
        self.missing_in_production("AUTH_SECRET", &options.auth_secret, accepted);
        let minutes = self.number("ACCESS_TOKEN_MINUTES", &options.access_token_minutes, 10_u64, 1..=1_440);
        let hours = self.number("PREVIEW_TOKEN_HOURS", &options.preview_token_hours, 24_u64, 1..=720);
        let days = self.number("REFRESH_TOKEN_DAYS", &options.refresh_token_days, 30_u64, 1..=365);
        AuthConfig {
            secret: self.read_secret("AUTH_SECRET", &options.auth_secret, value::secret).unwrap_or_else(random_secret),
            previous_secrets: self.previous_secrets(options),
            access_token_lifetime: Duration::from_secs(minutes * 60),
            preview_token_lifetime: Duration::from_secs(hours * 3_600),
            refresh_token_lifetime: Duration::from_secs(days * 86_400),
            links: self.links(options),
            password_memory_kib: self.number(
                "PASSWORD_MEMORY_KIB",
                &options.password_memory_kib,
                19_456,
                8..=4_194_304,
            ),
            password_iterations: self.number("PASSWORD_ITERATIONS", &options.password_iterations, 2, 1..=100),
        }
    }

    fn links(&mut self, options: &ServerOptions) -> LinkConfig {
        let minutes = self.number("PASSWORD_RESET_MINUTES", &options.password_reset_minutes, 60_u64, 1..=1_440);
        let days = self.number("INVITATION_DAYS", &options.invitation_days, 7_u64, 1..=90);
        let hours = self.number("LINK_HOURS", &options.link_hours, 48_u64, 1..=720);
        LinkConfig {
            password_reset: Duration::from_secs(minutes * 60),
            invitation: Duration::from_secs(days * 86_400),
            others: Duration::from_secs(hours * 3_600),
        }
    }

    fn previous_secrets(&mut self, options: &ServerOptions) -> Vec<SecretString> {
        let parts = given(&options.auth_secret_previous).unwrap_or_default().split(',');
        parts
            .map(|part| Some(part.to_owned()))
            .filter_map(|part| self.read_secret("AUTH_SECRET_PREVIOUS", &part, value::secret))
            .collect()
    }
}

/// Good until the process ends: after a restart in development everybody signs in again.
fn random_secret() -> SecretString {
    let bytes: [u8; 32] = rand::random();
    STANDARD.encode(bytes).into()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_random_secret_differs_at_each_start() {
        assert_ne!(random_secret().expose_secret(), random_secret().expose_secret());
    }
}
