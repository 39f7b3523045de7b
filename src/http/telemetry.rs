//! The log: lines of JSON in production, readable ones elsewhere. `RUST_LOG` decides how much.

use std::io::IsTerminal;
use std::panic;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

use crate::config::Environment;

/// Statements are only worth a line when they fail or are slow.
const DEFAULT_FILTER: &str = "info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn";

/// Sets the process's log up. A second call changes nothing.
pub fn init_tracing(environment: Environment) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = if environment.is_production() {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
    } else {
        lines.with_target(false).boxed()
    };
    let set = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    if set.is_ok() {
        report_panics();
    }
}

/// A panic is a line like any other, inside the span of its request.
fn report_panics() {
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("of an unknown kind");
        let location = panic.location().map(ToString::to_string);
        tracing::error!(panic.message = message, panic.location = location, "a panic");
    }));
}
