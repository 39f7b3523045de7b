//! GraphQL over HTTP at `/graphql`, and the little that browsers and operators need around it.
//!
//! - Every answer, also a refusal, is JSON with `errors` that carry a code, and has a request id.
//! - A request changes nothing unless it is a POST of `application/json` or names a query: no form of another site can
//!   send one, and there are no cookies that it could ride on.
//! - A mutation that has started is finished, whether or not anybody waits for its answer.
//! - What went wrong inside is told to the log once and to nobody else.

mod access_log;
mod answer;
mod authorization;
mod body;
mod client_address;
mod drain;
mod encoding;
mod favicon;
mod graphiql;
mod graphql;
mod headers;
mod health;
mod mistakes;
mod negotiate;
mod params;
mod picture;
mod request_id;
mod router;
mod run;
mod serve;
mod state;
mod telemetry;

pub use router::router;
pub use serve::{serve, shutdown_signal};
pub use telemetry::init_tracing;
