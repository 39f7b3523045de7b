//! The service that tells rates of tax, if there is one.

use std::time::Duration;

use http::Uri;
use secrecy::SecretString;
use url::{Host, Url};

use super::options::ServerOptions;
use super::read::{Reader, given};
use super::settings::{Environment, TaxProviderConfig};
use super::value::Parsed;

impl Reader {
    pub(super) fn tax_provider(&mut self, options: &ServerOptions) -> Option<TaxProviderConfig> {
        let takes_plain = self.environment == Environment::Development;
        let url = self.read_secret("TAX_PROVIDER_URL", &options.tax_provider_url, |text| address(text, takes_plain));
        let secret = self.read_secret("TAX_PROVIDER_SECRET", &options.tax_provider_secret, bearer);
        let timeout = self.number("TAX_PROVIDER_TIMEOUT_MS", &options.tax_provider_timeout_ms, 2_000, 100..=10_000);
        let cache = self.number("TAX_PROVIDER_CACHE_SECONDS", &options.tax_provider_cache_seconds, 300, 0..=86_400);
        if given(&options.tax_provider_url).is_some() {
            let accepted = "the secret by which the service at TAX_PROVIDER_URL knows this server";
            self.missing_in_production("TAX_PROVIDER_SECRET", &options.tax_provider_secret, accepted);
        }
        Some(TaxProviderConfig {
            url: url?,
            secret,
            timeout: Duration::from_millis(timeout),
            cache: Duration::from_secs(cache),
        })
    }
}

/// Says nothing about what was given: it may hold a password.
fn address(text: &str, takes_plain: bool) -> Parsed<Uri> {
    let refusal = || {
        "an address that begins with https://, such as https://tax.example/rates, without user, password and #; \
         http:// will do for this machine, and anywhere in development"
            .to_owned()
    };
    let url = Url::parse(text).map_err(|_| refusal())?;
    let is_here = match url.host() {
        Some(Host::Domain(host)) => host == "localhost" || host.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(refusal()),
    };
    let is_protected = match url.scheme() {
        "https" => true,
        "http" => is_here || takes_plain,
        _ => false,
    };
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !is_protected || !is_bare {
        return Err(refusal());
    }
    url.as_str().parse().map_err(|_| refusal())
}

/// What a header can carry.
fn bearer(text: &str) -> Parsed<SecretString> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.into())
    } else {
        Err("letters, digits and punctuation of ASCII, without spaces".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::super::settings::Config;
    use super::*;

    fn options(environment: &str, url: &str, secret: Option<&str>) -> ServerOptions {
        let text = |value: &str| Some(value.to_owned());
        ServerOptions {
            node_env: text(environment),
            database_url: text("postgres://shop@db/shop"),
            auth_secret: text("0123456789abcdef0123456789abcdef"),
            public_url: text("https://api.shop.example"),
            storefront_url: text("https://shop.example"),
            mail_from: text("Shop <shop@shop.example>"),
            smtp_url: text("smtps://shop:hunter2@mail.example"),
            tax_provider_url: text(url),
            tax_provider_secret: secret.map(str::to_owned),
            ..ServerOptions::default()
        }
    }

    fn problems(options: ServerOptions) -> Vec<String> {
        Config::from_options(options).err().map(|errors| errors.problems().to_vec()).unwrap_or_default()
    }

    #[test]
    fn a_service_is_asked_only_where_one_is_named() {
        assert!(Config::from_options(ServerOptions::default()).unwrap().tax_provider.is_none());
        let named = Config::from_options(options("production", "https://tax.example/rates?v=1", Some("s3cret")));
        let named = named.unwrap().tax_provider.unwrap();

        assert_eq!(named.url, "https://tax.example/rates?v=1");
        assert_eq!(named.secret.unwrap().expose_secret(), "s3cret");
        assert_eq!((named.timeout, named.cache), (Duration::from_secs(2), Duration::from_secs(300)));
    }

    #[test]
    fn what_is_sent_stays_protected_but_on_this_machine() {
        for (environment, url, is_taken) in [
            ("production", "http://localhost:9000/rates", true),
            ("production", "http://127.0.0.1:9000", true),
            ("production", "http://[::1]:9000", true),
            ("production", "http://tax.example/rates", false),
            ("test", "http://tax.example/rates", false),
            ("development", "http://tax.example/rates", true),
            ("development", "https://user:hunter2@tax.example/rates", false),
            ("development", "https://tax.example/rates#a", false),
            ("development", "ftp://tax.example", false),
            ("development", "tax.example", false),
        ] {
            let found = problems(options(environment, url, Some("s3cret")));
            assert_eq!(found.is_empty(), is_taken, "{environment} {url} {found:?}");
            assert!(!found.iter().any(|problem| problem.contains("hunter2")), "{found:?}");
        }
    }

    #[test]
    fn production_proves_itself_to_the_service() {
        let found = problems(options("production", "https://tax.example/rates", None));

        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("TAX_PROVIDER_SECRET is not set"), "{found:?}");
        assert!(problems(options("development", "https://tax.example/rates", None)).is_empty());
    }

    #[test]
    fn a_secret_that_no_header_carries_and_odd_numbers_are_all_reported() {
        let found = problems(ServerOptions {
            tax_provider_timeout_ms: Some("99".to_owned()),
            tax_provider_cache_seconds: Some("-1".to_owned()),
            ..options("development", "https://tax.example/rates", Some("two words"))
        });

        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|problem| problem.starts_with("TAX_PROVIDER_") && !problem.contains("two words")));
    }
}
