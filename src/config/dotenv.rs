//! A `.env` file beside the project stands in for the environment, in development only.

use std::env;
use std::path::Path;

use super::read::ConfigErrors;

const FILE: &str = ".env";

/// Reads `.env` of the working directory into the environment, unless the environment says it is production or test.
/// Variables that are set already keep their values. To be called before any thread is started.
#[expect(clippy::disallowed_methods, reason = "the options are read only after this has completed the environment")]
pub fn load_dotenv() -> Result<(), ConfigErrors> {
    if !is_development(|name| env::var(name).ok()) || !Path::new(FILE).exists() {
        return Ok(());
    }
    dotenvy::from_path(FILE).map_err(|error| {
        // A parse error quotes the line, which may hold a secret.
        let reason = match error {
            dotenvy::Error::LineParse(_, position) => {
                format!("one of its lines cannot be understood at column {position}")
            }
            other => other.to_string(),
        };
        ConfigErrors::one(format!("The file {FILE} cannot be read: {reason}. It takes one NAME=value on a line."))
    })
}

fn is_development(read: impl Fn(&str) -> Option<String>) -> bool {
    let given = |name: &str| read(name).filter(|value| !value.trim().is_empty());
    given("APP_ENV").or_else(|| given("NODE_ENV")).is_none_or(|value| value.trim() == "development")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn development(app_env: Option<&str>, node_env: Option<&str>) -> bool {
        is_development(|name| match name {
            "APP_ENV" => app_env.map(str::to_owned),
            _ => node_env.map(str::to_owned),
        })
    }

    #[test]
    fn the_file_counts_in_development_only() {
        assert!(development(None, None));
        assert!(development(None, Some("development")));
        assert!(development(Some(""), Some("")));
        assert!(!development(None, Some("production")));
        assert!(!development(Some("test"), Some("development")));
        assert!(development(Some("development"), Some("production")));
    }
}
