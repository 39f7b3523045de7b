//! What the program may rely on once the environment has been checked.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::Uri;
use ipnet::IpNet;
use lettre::message::Mailbox;
use secrecy::SecretString;

#[derive(Clone, Debug)]
pub struct Config {
    pub environment: Environment,
    pub host: IpAddr,
    pub port: u16,
    /// Our own address as clients see it, without a slash at the end.
    pub public_url: String,
    /// Where links in mails lead, without a slash at the end.
    pub storefront_url: String,
    /// Where links in mails to staff lead, without a slash at the end.
    pub dashboard_url: String,
    /// Origins whose scripts may read our answers.
    pub cors_origins: Vec<String>,
    /// Proxies whose forwarded addresses are believed.
    pub trusted_proxies: Vec<IpNet>,
    pub graphiql: bool,
    pub introspection: bool,
    /// Whether the server does jobs, too.
    pub worker: bool,
    pub database: DatabaseConfig,
    pub auth: AuthConfig,
    pub limits: Limits,
    pub mail: MailConfig,
    /// Who tells rates of tax; the tables of the shop where there is nobody.
    pub tax_provider: Option<TaxProviderConfig>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Development,
    Test,
    Production,
}

impl Environment {
    pub const fn is_production(self) -> bool {
        matches!(self, Self::Production)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Test => "test",
            Self::Production => "production",
        }
    }
}

#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// Secret, because it may hold a password.
    pub url: SecretString,
    pub pool_size: u32,
    pub statement_timeout: Duration,
    pub acquire_timeout: Duration,
}

#[derive(Clone, Debug)]
pub struct AuthConfig {
    /// Signs and verifies tokens.
    pub secret: SecretString,
    /// Verify tokens that were signed before the secret changed; they sign nothing.
    pub previous_secrets: Vec<SecretString>,
    pub access_token_lifetime: Duration,
    pub preview_token_lifetime: Duration,
    pub refresh_token_lifetime: Duration,
    pub links: LinkConfig,
    pub password_memory_kib: u32,
    pub password_iterations: u32,
}

/// How long links in mails are good.
#[derive(Clone, Copy, Debug)]
pub struct LinkConfig {
    pub password_reset: Duration,
    pub invitation: Duration,
    pub others: Duration,
}

/// What one request may ask for.
#[derive(Clone, Debug)]
pub struct Limits {
    pub body_bytes: usize,
    pub depth: usize,
    pub introspection_depth: usize,
    pub complexity: usize,
    pub aliases: usize,
    pub root_fields: usize,
    pub request_time: Duration,
    /// How many checked documents are remembered; a long one counts as several.
    pub cached_documents: u64,
}

#[derive(Clone, Debug)]
pub struct MailConfig {
    pub from: Mailbox,
    pub delivery: Delivery,
    /// Templates that replace those of the program, by the same relative path.
    pub templates: Option<PathBuf>,
    /// How long the sending of one mail may take, from connecting to the server's last answer.
    pub timeout: Duration,
}

/// What becomes of a mail.
#[derive(Clone, Debug)]
pub enum Delivery {
    Smtp(SmtpServer),
    /// It is written into this folder, which is made when it is needed.
    Folder(PathBuf),
}

#[derive(Clone, Debug)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// User and password.
    pub credentials: Option<(String, SecretString)>,
    /// What we call ourselves towards the server, unless it is the host of the sender's address.
    pub hello: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// All is sent as it is.
    Plain,
    /// Encrypted where the server offers it.
    Opportunistic,
    /// Encrypted after a greeting, or not sent at all.
    Required,
    /// Encrypted from the first byte.
    Tls,
}

/// A service that tells rates of tax.
#[derive(Clone, Debug)]
pub struct TaxProviderConfig {
    pub url: Uri,
    /// Sent with every question.
    pub secret: Option<SecretString>,
    pub timeout: Duration,
    /// How long an answer is remembered; not at all if zero.
    pub cache: Duration,
}
