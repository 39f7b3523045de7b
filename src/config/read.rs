//! Turns options into a [`Config`] and gathers every mistake on the way.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::options::ServerOptions;
use super::settings::{Config, DatabaseConfig, Environment, Limits};
use super::value::{self, Parsed};

/// Everything that is wrong with the configuration, one full sentence each.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigErrors(Vec<String>);

impl ConfigErrors {
    pub(super) fn one(problem: String) -> Self {
        Self(vec![problem])
    }

    pub fn problems(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("The configuration is not complete:")?;
        self.0.iter().try_for_each(|problem| write!(formatter, "\n- {problem}"))
    }
}

impl Error for ConfigErrors {}

impl Config {
    /// Checks all options; either all are good or every bad one is named.
    pub fn from_options(options: ServerOptions) -> Result<Self, ConfigErrors> {
        let mut reader = Reader::default();
        let environment = reader.environment(&options);
        reader.environment = environment;
        let host = reader.host(&options);
        let port = reader.or("BACKEND_PORT", &options.backend_port, value::port, 8000);
        let production = environment.is_production();
        let storefront_url = reader.storefront_url(&options);
        let config = Self {
            environment,
            host,
            port,
            public_url: reader.url("PUBLIC_URL", &options.public_url, || own_address(host, port)),
            dashboard_url: reader.or("DASHBOARD_URL", &options.dashboard_url, value::base_url, storefront_url.clone()),
            storefront_url,
            cors_origins: reader
                .list("CORS_ORIGIN", &options.cors_origin, value::origin)
                .unwrap_or_else(|| vec!["http://localhost:3000".to_owned()]),
            trusted_proxies: reader
                .list("TRUSTED_PROXIES", &options.trusted_proxies, value::network)
                .unwrap_or_default(),
            graphiql: reader.or("GRAPHIQL", &options.graphiql, value::switch, !production),
            introspection: reader.or("INTROSPECTION", &options.introspection, value::switch, !production),
            worker: !options.no_worker,
            database: reader.database(&options),
            auth: reader.auth(&options),
            limits: reader.limits(&options),
            mail: reader.mail(&options),
            tax_provider: reader.tax_provider(&options),
        };
        if reader.problems.is_empty() { Ok(config) } else { Err(ConfigErrors(reader.problems)) }
    }
}

/// The address that a browser on this machine can open.
fn own_address(host: IpAddr, port: u16) -> String {
    match host {
        _ if host.is_unspecified() => format!("http://localhost:{port}"),
        IpAddr::V4(host) => format!("http://{host}:{port}"),
        IpAddr::V6(host) => format!("http://[{host}]:{port}"),
    }
}

pub(super) struct Reader {
    pub(super) environment: Environment,
    pub(super) problems: Vec<String>,
}

impl Default for Reader {
    fn default() -> Self {
        Self { environment: Environment::Development, problems: Vec::new() }
    }
}

pub(super) fn given(option: &Option<String>) -> Option<&str> {
    option.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

impl Reader {
    /// Reads a variable that may be shown; a wrong one is noted and counts as unset from there on.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        option: &Option<String>,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Option<T> {
        let text = given(option)?;
        parse(text)
            .map_err(|accepted| {
                self.problems.push(format!("{name} is \"{text}\", but takes {accepted}."));
            })
            .ok()
    }

    /// Reads a variable whose value must not be shown.
    pub(super) fn read_secret<T>(
        &mut self,
        name: &str,
        option: &Option<String>,
        parse: impl Fn(&str) -> Parsed<T>,
    ) -> Option<T> {
        let text = given(option)?;
        parse(text)
            .map_err(|accepted| {
                self.problems.push(format!("{name} has a value that cannot be used; it takes {accepted}."));
            })
            .ok()
    }

    fn or<T>(&mut self, name: &str, option: &Option<String>, parse: impl Fn(&str) -> Parsed<T>, default: T) -> T {
        self.read(name, option, parse).unwrap_or(default)
    }

    fn list<T>(&mut self, name: &str, option: &Option<String>, parse: impl Fn(&str) -> Parsed<T>) -> Option<Vec<T>> {
        let parts = given(option)?.split(',').map(str::trim);
        let mut items = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            items.extend(self.read(name, &Some(part.to_owned()), &parse));
        }
        Some(items)
    }

    pub(super) fn number<T: TryFrom<u64>>(
        &mut self,
        name: &str,
        option: &Option<String>,
        default: T,
        range: RangeInclusive<u64>,
    ) -> T {
        self.read(name, option, |text| value::number(text, &range))
            .and_then(|number| T::try_from(number).ok())
            .unwrap_or(default)
    }

    pub(super) fn missing_in_production(&mut self, name: &str, option: &Option<String>, accepted: &str) {
        if self.environment.is_production() && given(option).is_none() {
            self.problems.push(format!("{name} is not set; production needs {accepted}."));
        }
    }

    fn environment(&mut self, options: &ServerOptions) -> Environment {
        let named = self.read("APP_ENV", &options.app_env, value::environment);
        // The one that loses is not read at all: its value does not matter.
        let fallback = match given(&options.app_env) {
            Some(_) => None,
            None => self.read("NODE_ENV", &options.node_env, value::environment),
        };
        named.or(fallback).unwrap_or(Environment::Development)
    }

    fn host(&mut self, options: &ServerOptions) -> IpAddr {
        let default = match self.environment {
            Environment::Production => IpAddr::from([0, 0, 0, 0]),
            Environment::Development | Environment::Test => IpAddr::from([127, 0, 0, 1]),
        };
        let host = self.or("BACKEND_HOST", &options.backend_host, value::host, default);
        if self.environment == Environment::Development && !host.is_loopback() {
            self.problems.push(format!(
                "BACKEND_HOST is \"{host}\", but development listens on this machine alone, such as 127.0.0.1; set \
                 NODE_ENV to production to be reached from outside."
            ));
        }
        host
    }

    fn url(&mut self, name: &str, option: &Option<String>, default: impl FnOnce() -> String) -> String {
        self.missing_in_production(name, option, "an address such as https://shop.example");
        self.read(name, option, value::base_url).unwrap_or_else(default)
    }

    fn storefront_url(&mut self, options: &ServerOptions) -> String {
        self.url("STOREFRONT_URL", &options.storefront_url, || "http://localhost:3000".to_owned())
    }

    fn database(&mut self, options: &ServerOptions) -> DatabaseConfig {
        let accepted = "sqlite://FILE, postgres://… or postgresql://…";
        self.missing_in_production("DATABASE_URL", &options.database_url, accepted);
        let statement =
            self.number("DATABASE_STATEMENT_TIMEOUT_MS", &options.database_statement_timeout_ms, 10_000, 100..=600_000);
        let acquire =
            self.number("DATABASE_ACQUIRE_TIMEOUT_MS", &options.database_acquire_timeout_ms, 5_000, 100..=600_000);
        DatabaseConfig {
            url: self
                .read_secret("DATABASE_URL", &options.database_url, value::database_url)
                .unwrap_or_else(|| "sqlite://tradepost.db".into()),
            pool_size: self.number("DATABASE_POOL_SIZE", &options.database_pool_size, 10, 1..=1_000),
            statement_timeout: Duration::from_millis(statement),
            acquire_timeout: Duration::from_millis(acquire),
        }
    }

    fn limits(&mut self, options: &ServerOptions) -> Limits {
        let milliseconds = self.number("LIMIT_REQUEST_MS", &options.limit_request_ms, 10_000, 10..=600_000);
        Limits {
            body_bytes: self.number("LIMIT_BODY_BYTES", &options.limit_body_bytes, 262_144, 1_024..=67_108_864),
            depth: self.number("LIMIT_DEPTH", &options.limit_depth, 12, 1..=32),
            introspection_depth: self.number(
                "LIMIT_INTROSPECTION_DEPTH",
                &options.limit_introspection_depth,
                20,
                1..=32,
            ),
            complexity: self.number("LIMIT_COMPLEXITY", &options.limit_complexity, 10_000, 1..=10_000_000),
            aliases: self.number("LIMIT_ALIASES", &options.limit_aliases, 30, 0..=10_000),
            root_fields: self.number("LIMIT_ROOT_FIELDS", &options.limit_root_fields, 20, 1..=1_000),
            request_time: Duration::from_millis(milliseconds),
            cached_documents: self.number(
                "LIMIT_CACHED_DOCUMENTS",
                &options.limit_cached_documents,
                1_000,
                0..=1_000_000,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn text(value: &str) -> Option<String> {
        Some(value.to_owned())
    }

    fn production() -> ServerOptions {
        ServerOptions {
            node_env: text("production"),
            database_url: text("postgres://shop:hunter2@db/shop"),
            auth_secret: text(SECRET),
            public_url: text("https://api.shop.example/"),
            storefront_url: text("https://shop.example"),
            mail_from: text("shop@shop.example"),
            mail_folder: text("mails"),
            ..ServerOptions::default()
        }
    }

    fn problems(options: ServerOptions) -> Vec<String> {
        Config::from_options(options).err().map(|errors| errors.0).unwrap_or_default()
    }

    #[test]
    fn nothing_is_needed_in_development() {
        let config = Config::from_options(ServerOptions::default()).unwrap();

        assert_eq!(config.environment, Environment::Development);
        assert_eq!(config.database.url.expose_secret(), "sqlite://tradepost.db");
        assert_eq!(config.public_url, "http://127.0.0.1:8000");
        assert_eq!(config.cors_origins, ["http://localhost:3000"]);
        assert!(config.graphiql && config.introspection && config.trusted_proxies.is_empty());
        assert!(config.auth.secret.expose_secret().len() >= 32);
        assert_eq!(config.limits.depth, 12);
    }

    #[test]
    fn production_names_all_that_it_misses() {
        let found = problems(ServerOptions { node_env: text("production"), ..ServerOptions::default() });

        let named = ["PUBLIC_URL", "STOREFRONT_URL", "DATABASE_URL", "AUTH_SECRET", "MAIL_FROM", "SMTP_URL"];
        assert_eq!(found.len(), named.len(), "{found:?}");
        for name in named {
            assert!(found.iter().any(|problem| problem.starts_with(name)), "{name}");
        }
    }

    #[test]
    fn production_listens_outside_and_shows_nothing_of_its_schema() {
        let config = Config::from_options(production()).unwrap();

        assert!(config.host.is_unspecified());
        assert_eq!(config.public_url, "https://api.shop.example");
        assert!(!config.graphiql && !config.introspection);
    }

    #[test]
    fn every_wrong_variable_is_reported_with_its_value_unless_secret() {
        let found = problems(ServerOptions {
            backend_port: text("http"),
            limit_depth: text("0"),
            graphiql: text("maybe"),
            cors_origin: text("http://a.example, *, b.example"),
            auth_secret: text("hunter2"),
            auth_secret_previous: text(&format!("{SECRET},hunter3")),
            database_url: text("mysql://root:hunter4@db/shop"),
            ..ServerOptions::default()
        });

        assert_eq!(found.len(), 8, "{found:?}");
        assert!(found.contains(&"LIMIT_DEPTH is \"0\", but takes a whole number from 1 to 32.".to_owned()));
        assert!(found.iter().all(|problem| !problem.contains("hunter")), "{found:?}");
        assert!(found.iter().all(|problem| problem.ends_with('.')), "{found:?}");
    }

    #[test]
    fn an_empty_value_counts_as_unset() {
        let config = Config::from_options(ServerOptions {
            backend_port: text(""),
            database_url: text("  "),
            node_env: text(""),
            trusted_proxies: text(""),
            ..ServerOptions::default()
        });

        assert_eq!(config.map(|config| config.port), Ok(8000));
    }

    #[test]
    fn app_env_wins_over_node_env() {
        let mut options = production();
        options.app_env = text("test");
        assert_eq!(Config::from_options(options).map(|config| config.environment), Ok(Environment::Test));

        let wrong = problems(ServerOptions { app_env: text("staging"), ..ServerOptions::default() });
        assert_eq!(wrong, ["APP_ENV is \"staging\", but takes development, production or test."]);
    }

    #[test]
    fn development_stays_on_this_machine() {
        let outside = |environment| ServerOptions {
            node_env: text(environment),
            backend_host: text("0.0.0.0"),
            ..ServerOptions::default()
        };

        assert_eq!(problems(outside("development")).len(), 1);
        assert!(problems(outside("test")).is_empty());
    }

    #[test]
    fn the_own_address_follows_host_and_port() {
        let address = |host: &str| {
            let options = ServerOptions {
                node_env: text("test"),
                backend_host: text(host),
                backend_port: text("9000"),
                ..ServerOptions::default()
            };
            Config::from_options(options).map(|config| config.public_url)
        };

        assert_eq!(address("::1"), Ok("http://[::1]:9000".to_owned()));
        assert_eq!(address("0.0.0.0"), Ok("http://localhost:9000".to_owned()));
    }
}
