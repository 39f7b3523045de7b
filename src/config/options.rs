//! The command line and the environment as they come: text that nobody has checked yet.

use clap::Args;

/// Each option is an environment variable too. All are optional text here, so that one look can report every mistake.
#[derive(Args, Clone, Default)]
pub struct ServerOptions {
    /// Where the data lives: a sqlite: or postgres: URL [default in development: sqlite://tradepost.db]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "VALUE")]
    pub database_url: Option<String>,
    /// The port to listen on [default: 8000]
    #[arg(long, env = "BACKEND_PORT", hide_env_values = true, value_name = "VALUE")]
    pub backend_port: Option<String>,
    /// The IP address to listen on [default: 127.0.0.1; in production 0.0.0.0]
    #[arg(long, env = "BACKEND_HOST", hide_env_values = true, value_name = "VALUE")]
    pub backend_host: Option<String>,
    /// Our own address as clients see it; required in production [default: http://host:port]
    #[arg(long, env = "PUBLIC_URL", hide_env_values = true, value_name = "VALUE")]
    pub public_url: Option<String>,
    /// Where links in mails lead; required in production [default: http://localhost:3000]
    #[arg(long, env = "STOREFRONT_URL", hide_env_values = true, value_name = "VALUE")]
    pub storefront_url: Option<String>,
    /// Where links in mails to staff lead [default: the storefront's address]
    #[arg(long, env = "DASHBOARD_URL", hide_env_values = true, value_name = "VALUE")]
    pub dashboard_url: Option<String>,
    /// Origins whose scripts may call us, comma-separated [default: http://localhost:3000]
    #[arg(long, env = "CORS_ORIGIN", hide_env_values = true, value_name = "VALUE")]
    pub cors_origin: Option<String>,
    /// Addresses or networks of proxies whose forwarded addresses count, comma-separated [default: none]
    #[arg(long, env = "TRUSTED_PROXIES", hide_env_values = true, value_name = "VALUE")]
    pub trusted_proxies: Option<String>,
    /// development, production or test [default: development]
    #[arg(long, env = "NODE_ENV", hide_env_values = true, value_name = "VALUE")]
    pub node_env: Option<String>,
    /// The same as NODE_ENV, and wins over it
    #[arg(long, env = "APP_ENV", hide_env_values = true, value_name = "VALUE")]
    pub app_env: Option<String>,
    /// Signs access and preview tokens, at least 32 bytes; required in production [default: random at each start]
    #[arg(long, env = "AUTH_SECRET", hide_env_values = true, value_name = "VALUE")]
    pub auth_secret: Option<String>,
    /// Older secrets whose tokens are still accepted, comma-separated [default: none]
    #[arg(long, env = "AUTH_SECRET_PREVIOUS", hide_env_values = true, value_name = "VALUE")]
    pub auth_secret_previous: Option<String>,
    /// How long an access token lives, in minutes [default: 10]
    #[arg(long, env = "ACCESS_TOKEN_MINUTES", hide_env_values = true, value_name = "VALUE")]
    pub access_token_minutes: Option<String>,
    /// How long a preview of a draft can be looked at, in hours [default: 24]
    #[arg(long, env = "PREVIEW_TOKEN_HOURS", hide_env_values = true, value_name = "VALUE")]
    pub preview_token_hours: Option<String>,
    /// How long a session can go unused, in days [default: 30]
    #[arg(long, env = "REFRESH_TOKEN_DAYS", hide_env_values = true, value_name = "VALUE")]
    pub refresh_token_days: Option<String>,
    /// How long the link of a mail is good that verifies an e-mail address, changes it, or erases the account, in hours [default: 48]
    #[arg(long, env = "LINK_HOURS", hide_env_values = true, value_name = "VALUE")]
    pub link_hours: Option<String>,
    /// How long the link of a mail is good that sets a new password, in minutes [default: 60]
    #[arg(long, env = "PASSWORD_RESET_MINUTES", hide_env_values = true, value_name = "VALUE")]
    pub password_reset_minutes: Option<String>,
    /// How long an invitation to run the shop is good, in days [default: 7]
    #[arg(long, env = "INVITATION_DAYS", hide_env_values = true, value_name = "VALUE")]
    pub invitation_days: Option<String>,
    /// Memory to hash a password with, in KiB [default: 19456]
    #[arg(long, env = "PASSWORD_MEMORY_KIB", hide_env_values = true, value_name = "VALUE")]
    pub password_memory_kib: Option<String>,
    /// Passes over that memory [default: 2]
    #[arg(long, env = "PASSWORD_ITERATIONS", hide_env_values = true, value_name = "VALUE")]
    pub password_iterations: Option<String>,
    /// The most database connections at once [default: 10]
    #[arg(long, env = "DATABASE_POOL_SIZE", hide_env_values = true, value_name = "VALUE")]
    pub database_pool_size: Option<String>,
    /// The longest that one SQL statement may run, in milliseconds [default: 10000]
    #[arg(long, env = "DATABASE_STATEMENT_TIMEOUT_MS", hide_env_values = true, value_name = "VALUE")]
    pub database_statement_timeout_ms: Option<String>,
    /// The longest wait for a free database connection, in milliseconds [default: 5000]
    #[arg(long, env = "DATABASE_ACQUIRE_TIMEOUT_MS", hide_env_values = true, value_name = "VALUE")]
    pub database_acquire_timeout_ms: Option<String>,
    /// The longest request body, in bytes [default: 262144]
    #[arg(long, env = "LIMIT_BODY_BYTES", hide_env_values = true, value_name = "VALUE")]
    pub limit_body_bytes: Option<String>,
    /// How deep an operation may nest fields [default: 12]
    #[arg(long, env = "LIMIT_DEPTH", hide_env_values = true, value_name = "VALUE")]
    pub limit_depth: Option<String>,
    /// How deep introspection may nest fields [default: 20]
    #[arg(long, env = "LIMIT_INTROSPECTION_DEPTH", hide_env_values = true, value_name = "VALUE")]
    pub limit_introspection_depth: Option<String>,
    /// The most an operation may cost, counted in fields times page size [default: 10000]
    #[arg(long, env = "LIMIT_COMPLEXITY", hide_env_values = true, value_name = "VALUE")]
    pub limit_complexity: Option<String>,
    /// The most aliases in an operation [default: 30]
    #[arg(long, env = "LIMIT_ALIASES", hide_env_values = true, value_name = "VALUE")]
    pub limit_aliases: Option<String>,
    /// The most fields at the top of an operation [default: 20]
    #[arg(long, env = "LIMIT_ROOT_FIELDS", hide_env_values = true, value_name = "VALUE")]
    pub limit_root_fields: Option<String>,
    /// The longest that a request may take, in milliseconds [default: 10000]
    #[arg(long, env = "LIMIT_REQUEST_MS", hide_env_values = true, value_name = "VALUE")]
    pub limit_request_ms: Option<String>,
    /// How many checked documents to remember, counted in KiB of text [default: 1000]
    #[arg(long, env = "LIMIT_CACHED_DOCUMENTS", hide_env_values = true, value_name = "VALUE")]
    pub limit_cached_documents: Option<String>,
    /// on or off: the query editor at /graphql for browsers [default: on; in production off]
    #[arg(long, env = "GRAPHIQL", hide_env_values = true, value_name = "VALUE")]
    pub graphiql: Option<String>,
    /// on or off: whether clients may ask for the schema [default: on; in production off]
    #[arg(long, env = "INTROSPECTION", hide_env_values = true, value_name = "VALUE")]
    pub introspection: Option<String>,
    /// The server that mails are sent by: smtps://user:password@host or smtp://user:password@host?tls=required
    #[arg(long, env = "SMTP_URL", hide_env_values = true, value_name = "VALUE")]
    pub smtp_url: Option<String>,
    /// Who mails come from: an address, or Name <address>; required in production [default: Tradepost <shop@localhost>]
    #[arg(long, env = "MAIL_FROM", hide_env_values = true, value_name = "VALUE")]
    pub mail_from: Option<String>,
    /// A folder where mails are written as files instead of being sent [default: mails; in production none]
    #[arg(long, env = "MAIL_FOLDER", hide_env_values = true, value_name = "VALUE")]
    pub mail_folder: Option<String>,
    /// A folder of templates that replace ours, such as de/welcome.html [default: none]
    #[arg(long, env = "MAIL_TEMPLATES", hide_env_values = true, value_name = "VALUE")]
    pub mail_templates: Option<String>,
    /// A service that tells rates of tax in place of the shop's tables: an https: address [default: none]
    #[arg(long, env = "TAX_PROVIDER_URL", hide_env_values = true, value_name = "VALUE")]
    pub tax_provider_url: Option<String>,
    /// What that service knows this server by; required with it in production [default: none]
    #[arg(long, env = "TAX_PROVIDER_SECRET", hide_env_values = true, value_name = "VALUE")]
    pub tax_provider_secret: Option<String>,
    /// How long to wait for its answer, in milliseconds [default: 2000]
    #[arg(long, env = "TAX_PROVIDER_TIMEOUT_MS", hide_env_values = true, value_name = "VALUE")]
    pub tax_provider_timeout_ms: Option<String>,
    /// How long to remember an answer, in seconds; 0 for not at all [default: 300]
    #[arg(long, env = "TAX_PROVIDER_CACHE_SECONDS", hide_env_values = true, value_name = "VALUE")]
    pub tax_provider_cache_seconds: Option<String>,
    /// Leave jobs to other processes, such as `tradepost work`
    #[arg(long)]
    pub no_worker: bool,
}
