//! How one variable's text becomes a value; a refusal says what is accepted and is completed with the name elsewhere.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use http::Uri;
use http::uri::Scheme;
use ipnet::IpNet;
use secrecy::SecretString;

use super::settings::Environment;

pub(super) type Parsed<T> = Result<T, String>;

pub(super) fn environment(text: &str) -> Parsed<Environment> {
    match text {
        "development" => Ok(Environment::Development),
        "test" => Ok(Environment::Test),
        "production" => Ok(Environment::Production),
        _ => Err("development, production or test".to_owned()),
    }
}

pub(super) fn switch(text: &str) -> Parsed<bool> {
    match text {
        "on" | "true" | "1" => Ok(true),
        "off" | "false" | "0" => Ok(false),
        _ => Err("on or off".to_owned()),
    }
}

pub(super) fn number(text: &str, range: &RangeInclusive<u64>) -> Parsed<u64> {
    match text.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(format!("a whole number from {} to {}", range.start(), range.end())),
    }
}

pub(super) fn port(text: &str) -> Parsed<u16> {
    text.parse().map_err(|_| "a port number from 0 to 65535, where 0 takes a free one".to_owned())
}

pub(super) fn host(text: &str) -> Parsed<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    match bare {
        "localhost" => Ok(IpAddr::from([127, 0, 0, 1])),
        _ => bare.parse().map_err(|_| "an IP address such as 127.0.0.1 or ::1".to_owned()),
    }
}

/// An address that paths are appended to: `https://shop.example` or `https://example.org/shop`.
pub(super) fn base_url(text: &str) -> Parsed<String> {
    let refusal = || {
        "an address that starts with http:// or https://, names a host and has no query, such as https://shop.example"
            .to_owned()
    };
    let uri: Uri = text.parse().map_err(|_| refusal())?;
    let known = has_web_scheme(&uri) && has_plain_host(&uri);
    if !known || uri.query().is_some() || text.contains('#') {
        return Err(refusal());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// An origin exactly as a browser sends it: scheme, host and, if unusual, port.
pub(super) fn origin(text: &str) -> Parsed<String> {
    if text == "*" {
        return Err("origins by name, because * would let every site read what its visitors may see here".to_owned());
    }
    let refusal = || {
        "scheme://host or scheme://host:port without a path, such as http://localhost:3000, comma-separated".to_owned()
    };
    let uri: Uri = text.parse().map_err(|_| refusal())?;
    let bare = !text.ends_with('/') && uri.path() == "/" && uri.query().is_none();
    if !bare || !has_web_scheme(&uri) || !has_plain_host(&uri) || text.contains('#') {
        return Err(refusal());
    }
    Ok(as_browsers_write(&uri))
}

/// Browsers leave a scheme's own port away and write hosts in small letters; a comparison must not fail over that.
fn as_browsers_write(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default().to_ascii_lowercase();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    match uri.port_u16() {
        Some(port) if (scheme.as_str(), port) != ("http", 80) && (scheme.as_str(), port) != ("https", 443) => {
            format!("{scheme}://{host}:{port}")
        }
        _ => format!("{scheme}://{host}"),
    }
}

fn has_web_scheme(uri: &Uri) -> bool {
    uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS)
}

fn has_plain_host(uri: &Uri) -> bool {
    uri.authority().is_some_and(|authority| {
        let bare = authority.as_str() == authority.host();
        !authority.host().is_empty() && !authority.as_str().contains('@') && (bare || authority.port_u16().is_some())
    })
}

pub(super) fn network(text: &str) -> Parsed<IpNet> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "IP addresses or networks such as 10.0.0.0/8, comma-separated".to_owned())
}

/// Says nothing about what was given: a database URL may hold a password.
pub(super) fn database_url(text: &str) -> Parsed<SecretString> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let scheme = known.iter().find(|scheme| text.starts_with(**scheme));
    // Readers and the writer have connections of their own, so the database must be a file that they share.
    let is_in_memory = text.contains(":memory:") || text.contains("mode=memory");
    match scheme {
        Some(scheme) if text.len() > scheme.len() && !is_in_memory => Ok(text.into()),
        _ => Err("sqlite://FILE, postgres://… or postgresql://…".to_owned()),
    }
}

pub(super) fn secret(text: &str) -> Parsed<SecretString> {
    const LEAST: usize = 32;
    if text.len() >= LEAST {
        Ok(text.into())
    } else {
        Err(format!("at least {LEAST} bytes, for example the output of `openssl rand -base64 48`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_bare_and_written_as_browsers_do() {
        for (given, kept) in [
            ("http://localhost:3000", "http://localhost:3000"),
            ("https://Shop.Example", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:8080", "http://shop.example:8080"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(origin(given).as_deref(), Ok(kept), "{given}");
        }
        for given in [
            "*",
            "localhost:3000",
            "shop.example",
            "https://",
            "https://shop.example/",
            "https://shop.example/a",
            "https://shop.example?a",
            "https://shop.example#a",
            "https://a@shop.example",
            "https://shop.example:99999",
            "https://shop.example:",
            "ftp://shop.example",
            "null",
        ] {
            assert!(origin(given).is_err(), "{given}");
        }
    }

    #[test]
    fn base_urls_may_have_a_path_and_lose_the_last_slash() {
        assert_eq!(base_url("https://shop.example/").as_deref(), Ok("https://shop.example"));
        assert_eq!(base_url("https://shop.example/a/").as_deref(), Ok("https://shop.example/a"));
        for given in ["shop.example", "/a", "https://shop.example?x=1", "ftp://shop.example", "http://"] {
            assert!(base_url(given).is_err(), "{given}");
        }
    }

    #[test]
    fn hosts_and_networks_are_addresses() {
        assert_eq!(host("localhost"), Ok(IpAddr::from([127, 0, 0, 1])));
        assert!(host("[::1]").is_ok_and(|host| host.is_loopback()));
        assert!(host("shop.example").is_err());
        assert_eq!(network("10.0.0.0/8").map(|net| net.prefix_len()), Ok(8));
        assert_eq!(network("10.1.2.3").map(|net| net.prefix_len()), Ok(32));
        assert!(network("10.0.0.0/33").is_err());
    }

    #[test]
    fn databases_are_known_by_their_scheme() {
        for given in ["sqlite://shop.db", "postgres://u:p@h/d", "postgresql://h/d"] {
            assert!(database_url(given).is_ok(), "{given}");
        }
        for given in ["mysql://h/d", "shop.db", "postgres:h", "sqlite:", "sqlite::memory:", "sqlite://x?mode=memory"] {
            assert!(database_url(given).is_err(), "{given}");
        }
    }
}
