//! A migrated PostgreSQL database for one test, in milliseconds.
//!
//! - All test processes share one throw-away server, see [`cluster`]. It is found on the `PATH`, in the usual
//!   places of distributions, or in the folder named by `PG_BIN`; it needs no set-up and no rights.
//! - The migrations run once per fingerprint, into a template; a test's database is a copy of its files. Nobody can
//!   connect to a template, since PostgreSQL copies none that is in use.
//! - A database goes when its [`TestDatabase`] is dropped; those of killed tests go when the next process begins.
//! - Without PostgreSQL there is no database and one line on stderr says so. `REQUIRE_SERVICES=1` makes that a failure.
//! - `TRADEPOST_TEST_REPORT` names a file that gets a line per database made (`made`) or missed (`missed`), so that a
//!   build can tell that these tests did run.

mod admin;
mod cluster;
mod database;
mod programs;

pub use database::{TestDatabase, database};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
