//! Who mails come from and what becomes of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::Address;
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::{Host, Url};

use super::options::ServerOptions;
use super::read::{Reader, given};
use super::settings::{Delivery, MailConfig, SmtpSecurity, SmtpServer};
use super::value::Parsed;

const TIMEOUT: Duration = Duration::from_secs(15);
const FOLDER: &str = "mails";
const SMTP_FORM: &str = "smtps://user:password@host or smtp://user:password@host:587?tls=required (tls may be \
                         opportunistic, or be left away with the encryption), with special characters of user and \
                         password percent-encoded";

impl Reader {
    pub(super) fn mail(&mut self, options: &ServerOptions) -> MailConfig {
        self.missing_in_production("MAIL_FROM", &options.mail_from, "an address, or Name <address>");
        MailConfig {
            from: self.read("MAIL_FROM", &options.mail_from, sender).unwrap_or_else(nobody),
            delivery: self.delivery(options),
            templates: self.read("MAIL_TEMPLATES", &options.mail_templates, existing_folder),
            timeout: TIMEOUT,
        }
    }

    fn delivery(&mut self, options: &ServerOptions) -> Delivery {
        let is_smtp = given(&options.smtp_url).is_some();
        let folder = self.read("MAIL_FOLDER", &options.mail_folder, folder);
        if is_smtp && folder.is_some() {
            self.problems
                .push("SMTP_URL and MAIL_FOLDER are both set, but mails are either sent or written.".to_owned());
        }
        if self.environment.is_production() && !is_smtp && given(&options.mail_folder).is_none() {
            self.problems.push(format!(
                "SMTP_URL is not set; production needs {SMTP_FORM}, or MAIL_FOLDER to have mails written as files."
            ));
        }
        match self.read_secret("SMTP_URL", &options.smtp_url, smtp_server) {
            Some(server) => Delivery::Smtp(server),
            None => Delivery::Folder(folder.unwrap_or_else(|| PathBuf::from(FOLDER))),
        }
    }
}

/// The sender in development, where no mail leaves the machine.
fn nobody() -> Mailbox {
    Mailbox::new(Some("Tradepost".to_owned()), Address::new_dangerous("shop", "localhost"))
}

fn sender(text: &str) -> Parsed<Mailbox> {
    let refusal = || "an address such as shop@shop.example, or a name with it: Shop <shop@shop.example>".to_owned();
    let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (name.trim(), address.trim()),
        None => ("", text),
    };
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name).trim();
    if name.contains(['<', '>']) || name.chars().any(char::is_control) {
        return Err(refusal());
    }
    let (user, host) = address.rsplit_once('@').ok_or_else(refusal)?;
    let host = ascii_host(host).ok_or_else(refusal)?;
    let address = Address::new(user, host).map_err(|_| refusal())?;
    Ok(Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address))
}

/// A host's name in the form that every server understands.
fn ascii_host(host: &str) -> Option<String> {
    if host.is_ascii() { Some(host.to_owned()) } else { Host::parse(host).ok().map(|host| host.to_string()) }
}

fn folder(text: &str) -> Parsed<PathBuf> {
    let path = PathBuf::from(text);
    if path.exists() && !path.is_dir() {
        Err("a folder, which is made if it is not there".to_owned())
    } else {
        Ok(path)
    }
}

fn existing_folder(text: &str) -> Parsed<PathBuf> {
    if Path::new(text).is_dir() { Ok(PathBuf::from(text)) } else { Err("a folder that exists".to_owned()) }
}

/// Says nothing about what was given: it may hold a password.
fn smtp_server(text: &str) -> Parsed<SmtpServer> {
    let refusal = || SMTP_FORM.to_owned();
    let url = Url::parse(text).map_err(|_| refusal())?;
    let (security, usual_port) = security(&url).ok_or_else(refusal)?;
    let host = match url.host() {
        Some(Host::Domain(host)) if !host.is_empty() => host.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => address.to_string(),
        _ => return Err(refusal()),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) if !user.is_empty() => {
            let user = decoded(user).ok_or_else(refusal)?;
            Some((user, SecretString::from(decoded(password).ok_or_else(refusal)?)))
        }
        _ => return Err(refusal()),
    };
    let hello = Some(url.path().trim_matches('/').to_owned()).filter(|name| !name.is_empty());
    if url.fragment().is_some() || hello.as_deref().is_some_and(|name| !is_host_name(name)) {
        return Err(refusal());
    }
    Ok(SmtpServer { host, port: url.port().unwrap_or(usual_port), security, credentials, hello })
}

fn is_host_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte))
}

/// How the connection is protected, with the port that is usual for that.
fn security(url: &Url) -> Option<(SmtpSecurity, u16)> {
    let options: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let tls = match options.as_slice() {
        [] => None,
        [(name, value)] if name == "tls" => Some(value.as_str()),
        _ => return None,
    };
    match (url.scheme(), tls) {
        ("smtps", None) => Some((SmtpSecurity::Tls, 465)),
        ("smtp", Some("required")) => Some((SmtpSecurity::Required, 587)),
        ("smtp", Some("opportunistic")) => Some((SmtpSecurity::Opportunistic, 587)),
        ("smtp", None) => Some((SmtpSecurity::Plain, 25)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::super::settings::Config;
    use super::*;

    fn text(value: &str) -> Option<String> {
        Some(value.to_owned())
    }

    fn production() -> ServerOptions {
        ServerOptions {
            node_env: text("production"),
            database_url: text("postgres://shop@db/shop"),
            auth_secret: text("0123456789abcdef0123456789abcdef"),
            public_url: text("https://api.shop.example"),
            storefront_url: text("https://shop.example"),
            mail_from: text("Shop <shop@shop.example>"),
            smtp_url: text("smtps://shop:hunter2@mail.example"),
            ..ServerOptions::default()
        }
    }

    fn problems(options: ServerOptions) -> Vec<String> {
        Config::from_options(options).err().map(|errors| errors.problems().to_vec()).unwrap_or_default()
    }

    #[test]
    fn mails_are_written_where_nothing_is_set_and_nothing_is_needed() {
        let config = Config::from_options(ServerOptions::default()).unwrap();

        assert_eq!(config.mail.from.to_string(), "Tradepost <shop@localhost>");
        assert!(matches!(config.mail.delivery, Delivery::Folder(folder) if folder == Path::new("mails")));
        assert_eq!(config.mail.templates, None);
        assert_eq!(config.dashboard_url, config.storefront_url);
    }

    #[test]
    fn production_says_where_mails_go() {
        let config = Config::from_options(production()).unwrap();
        assert!(matches!(config.mail.delivery, Delivery::Smtp(_)));
        let written = ServerOptions { smtp_url: None, mail_folder: text("out"), ..production() };
        assert!(matches!(Config::from_options(written).unwrap().mail.delivery, Delivery::Folder(_)));

        let nowhere = problems(ServerOptions { smtp_url: None, ..production() });
        assert_eq!(nowhere.len(), 1, "{nowhere:?}");
        assert!(nowhere[0].starts_with("SMTP_URL") && nowhere[0].contains("MAIL_FOLDER"), "{nowhere:?}");
        let nobody = problems(ServerOptions { mail_from: None, ..production() });
        assert!(nobody.len() == 1 && nobody[0].starts_with("MAIL_FROM is not set"), "{nobody:?}");
    }

    #[test]
    fn mails_are_sent_or_written_but_not_both() {
        let both = problems(ServerOptions { mail_folder: text("mails"), ..production() });

        assert_eq!(both.len(), 1, "{both:?}");
        assert!(both[0].contains("SMTP_URL") && both[0].contains("MAIL_FOLDER"), "{both:?}");
    }

    #[test]
    fn a_wrong_server_is_told_once_and_not_shown() {
        for given in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://shop:hunter2@mail.example?tls=yes",
            "smtps://shop:hunter2@mail.example?tls=required",
            "smtp://shop:hunter2@mail.example?ssl=required",
            "smtp://shop:hunter2@mail.example:port",
            "smtp://hunter2@mail.example",
            "smtp://:hunter2@mail.example",
            "smtp://shop:hunter2%ff@mail.example",
            "smtp://shop:hunter2#1@mail.example",
            "smtp://mail.example/hunter2%20two",
        ] {
            let found = problems(ServerOptions { smtp_url: text(given), ..production() });

            assert_eq!(found.len(), 1, "{given}: {found:?}");
            assert!(found[0].starts_with("SMTP_URL has a value that cannot be used"), "{found:?}");
            assert!(!found[0].contains("hunter") && found[0].ends_with('.'), "{found:?}");
        }
    }

    #[test]
    fn servers_have_the_port_that_is_usual_for_their_protection() {
        for (given, host, port, security) in [
            ("smtps://mail.example", "mail.example", 465, SmtpSecurity::Tls),
            ("smtp://mail.example?tls=required", "mail.example", 587, SmtpSecurity::Required),
            ("smtp://mail.example?tls=opportunistic", "mail.example", 587, SmtpSecurity::Opportunistic),
            ("smtp://127.0.0.1", "127.0.0.1", 25, SmtpSecurity::Plain),
            ("smtp://[::1]:2525", "::1", 2525, SmtpSecurity::Plain),
        ] {
            let server = smtp_server(given).unwrap();

            assert_eq!((server.host.as_str(), server.port, server.security), (host, port, security), "{given}");
            assert!(server.credentials.is_none() && server.hello.is_none());
        }
    }

    #[test]
    fn user_and_password_are_decoded() {
        let server = smtp_server("smtps://shop%40example.com:p%2Fa%3As%25@mail.example/shop.example").unwrap();

        let (user, password) = server.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("shop@example.com", "p/a:s%"));
        assert_eq!(server.hello.as_deref(), Some("shop.example"));
    }

    #[test]
    fn senders_are_addresses_with_or_without_a_name() {
        for (given, name, address) in [
            ("shop@shop.example", None, "shop@shop.example"),
            ("<shop@shop.example>", None, "shop@shop.example"),
            ("Käse & Co. <shop@shop.example>", Some("Käse & Co."), "shop@shop.example"),
            ("\"Ann, Bob\" <shop@localhost>", Some("Ann, Bob"), "shop@localhost"),
            ("Shop <post@müller.example>", Some("Shop"), "post@xn--mller-kva.example"),
        ] {
            let sender = sender(given).unwrap();

            assert_eq!((sender.name.as_deref(), sender.email.to_string().as_str()), (name, address), "{given}");
        }
        for given in
            ["Shop", "shop@", "@shop.example", "Shop <shop>", "A <b@c.d> <e@f.g>", "A\nB <a@b.example>", "a b@c.d"]
        {
            assert!(sender(given).is_err(), "{given}");
        }
    }

    #[test]
    fn templates_lie_in_a_folder_that_exists() {
        let found = problems(ServerOptions { mail_templates: text("/no/such/folder"), ..ServerOptions::default() });

        assert_eq!(found, ["MAIL_TEMPLATES is \"/no/such/folder\", but takes a folder that exists."]);
    }
}
