//! Opens the database that an address names.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _, Error as SqlxError};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use crate::config::DatabaseConfig;
use crate::error::{Error, Result};

/// A connection that has been idle for longer is tested before it is used again: that costs a round trip.
const UNTESTED: Duration = Duration::from_secs(1);

/// How many bytes of a SQLite file are read from the system's memory without a call for each page.
const MAPPED: &str = "1073741824";

/// The connections for reading and for writing.
pub(super) async fn open(config: &DatabaseConfig) -> Result<(DatabaseConnection, DatabaseConnection)> {
    if config.url.expose_secret().starts_with("sqlite:") {
        open_sqlite(config).await.map_err(unreachable_database)
    } else {
        let connection = open_postgres(config).await.map_err(unreachable_database)?;
        Ok((connection.clone(), connection))
    }
}

fn unreachable_database(error: SqlxError) -> Error {
    Error::Unavailable(error.into())
}

async fn open_sqlite(config: &DatabaseConfig) -> Result<(DatabaseConnection, DatabaseConnection), SqlxError> {
    let options = SqliteConnectOptions::from_str(config.url.expose_secret())?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Money is kept here: a commit that was answered survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(config.statement_timeout)
        .pragma("cache_size", "-16000")
        .disable_statement_logging();
    // The writer comes first: it makes the file and turns it to WAL, which readers cannot do.
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(config.statement_timeout.max(config.acquire_timeout))
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone().optimize_on_close(true, 400))
        .await?;
    let reader = SqlitePoolOptions::new()
        .max_connections(config.pool_size)
        .acquire_timeout(config.acquire_timeout)
        // A file does not go away; asking first would double the hops to the connection's thread.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.read_only(true).create_if_missing(false).pragma("mmap_size", MAPPED))
        .await?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(reader), SqlxSqliteConnector::from_sqlx_sqlite_pool(writer)))
}

/// Statements are planned once for all values: planning takes longer than nearly all of them.
///
/// TLS follows the address (`?sslmode=require`, `verify-full`, `sslrootcert`); the default is to use it if offered.
async fn open_postgres(config: &DatabaseConfig) -> Result<DatabaseConnection, SqlxError> {
    let timeout = format!("{}ms", config.statement_timeout.as_millis());
    let options = PgConnectOptions::from_str(config.url.expose_secret())?
        .application_name("tradepost")
        .options([
            ("statement_timeout", timeout.as_str()),
            ("timezone", "UTC"),
            ("plan_cache_mode", "force_generic_plan"),
        ])
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(config.pool_size)
        .acquire_timeout(config.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, last| {
            Box::pin(async move {
                if last.idle_for > UNTESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options.clone())
        .await;
    let pool = match pool {
        Err(SqlxError::PoolTimedOut) => return Err(why_unreachable(&options, config.acquire_timeout).await),
        other => other?,
    };
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// A pool tries again and again and then says only that its time is up. One more attempt tells what is in the way.
async fn why_unreachable(options: &PgConnectOptions, limit: Duration) -> SqlxError {
    match timeout(limit, options.connect()).await {
        Ok(Err(cause)) => cause,
        Ok(Ok(_)) | Err(_) => SqlxError::PoolTimedOut,
    }
}
