//! The environment becomes one checked [`Config`], once, at the start.
//!
//! - Every wrong or missing variable is reported in one go, as a sentence that names it and what it accepts.
//! - An empty value counts as unset. What a secret holds is never shown.
//! - Nothing else in the program reads the environment.

mod auth;
mod dotenv;
mod mail;
mod options;
mod read;
mod settings;
mod tax;
mod value;

pub use dotenv::load_dotenv;
pub use options::ServerOptions;
pub use read::ConfigErrors;
pub use settings::{
    AuthConfig, Config, DatabaseConfig, Delivery, Environment, Limits, LinkConfig, MailConfig, SmtpSecurity,
    SmtpServer, TaxProviderConfig,
};
