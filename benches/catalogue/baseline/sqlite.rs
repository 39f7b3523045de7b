//! The baseline on SQLite.

use std::str::FromStr;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sea_orm::sqlx::{ConnectOptions as _, Row, query};
use uuid::Uuid;

use super::answer::{Card, Cursor, ProductRow};
use super::reads::reads;
use super::{CONNECTIONS, Members, sql};
use crate::Result;

reads!(Sqlite, SqlitePool, sql::PRODUCT_ON_SQLITE);

impl Sqlite {
    /// With what the server sets for its readers.
    pub async fn connect(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .pragma("cache_size", "-16000")
            .pragma("mmap_size", "1073741824")
            .read_only(true)
            .create_if_missing(false)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).idle_timeout(None).max_lifetime(None);
        Self::over(pool.connect_with(options).await?).await
    }
}
