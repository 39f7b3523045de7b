//! The database: one writer and many readers on SQLite, one pool on PostgreSQL.
//!
//! Nothing outside this module asks which of the two it is. A writing transaction takes its lock when it begins, so it
//! waits its turn and never fails for another's sake; `lock_exclusive` orders writers of one row on PostgreSQL and is
//! absent on SQLite, where there is only one writer at a time.

mod connect;
pub mod constraint;
mod json;
mod migrate;
mod news;
mod outlast;
mod statement_counter;

use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    AccessMode, ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait,
    IntoActiveModel, IsolationLevel, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};

use crate::config::DatabaseConfig;
use crate::error::{Error, Result};

pub use json::{Cells, JsonText, rows as json_rows};
pub use migrate::{MigrationState, fingerprint};
pub use statement_counter::StatementCounter;

/// A handle to the database; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Db {
    pub async fn connect(config: &DatabaseConfig) -> Result<Self> {
        let (mut reader, mut writer) = connect::open(config).await?;
        reader.set_metric_callback(|_| statement_counter::count());
        writer.set_metric_callback(|_| statement_counter::count());
        Ok(Self { reader, writer })
    }

    /// For statements that read; each may see a later state than the one before.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Begins a transaction that may write. Dropping it undoes it.
    pub async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Begins a transaction that only reads, and sees the database as it is at its first statement.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction> {
        let is_postgres = self.reader.get_database_backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            // On SQLite every transaction is such a snapshot.
            isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: is_postgres.then_some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        Ok(self.reader.begin_with_options(options).await?)
    }

    /// Fails unless the database answers and has all migrations.
    pub async fn ready(&self) -> Result<()> {
        let ping = Statement::from_string(self.reader.get_database_backend(), "SELECT 1");
        self.reader.query_one_raw(ping).await.map_err(|error| Error::Unavailable(error.into()))?;
        let pending = self.pending_migrations().await?;
        if pending > 0 {
            return Err(Error::Unavailable(format!("{pending} migrations are pending").into()));
        }
        Ok(())
    }

    /// Tells the planner how the data lies, as is due after a large change.
    pub async fn analyze(&self) -> Result<()> {
        let sql = match self.writer.get_database_backend() {
            DbBackend::Sqlite => "PRAGMA analysis_limit = 400; ANALYZE",
            _ => "ANALYZE",
        };
        self.writer.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Waits for statements under way and closes all connections.
    pub async fn close(&self) {
        // The writer goes last: only it can fold the write-ahead log back into the file of SQLite.
        for connection in [&self.reader, &self.writer] {
            if let Err(error) = connection.close_by_ref().await {
                tracing::warn!(%error, "a database connection did not close cleanly");
            }
        }
    }
}

/// Begins a part of a transaction that can be undone alone; what is committed of it counts once the transaction is.
pub async fn savepoint(tx: &DatabaseTransaction) -> Result<DatabaseTransaction> {
    Ok(tx.begin().await?)
}

/// Runs SQL that both databases understand, in which `$1`, `$2`, … stand for the values, and tells how many rows it
/// wrote.
pub async fn execute(tx: &DatabaseTransaction, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64> {
    let done = tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(done.rows_affected())
}

/// Asks in SQL that both databases understand, in which `$1`, `$2`, … stand for the values.
pub async fn query(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?)
}

/// The same of at most one row.
pub async fn query_one(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>> {
    Ok(db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?)
}

/// A statement for the first so many rows. The number is part of its text: PostgreSQL plans a statement once for all
/// values, and has to know how few rows will do.
pub fn first(db: &impl ConnectionTrait, select: &SelectStatement, rows: u64) -> Statement {
    let backend = db.get_database_backend();
    let Statement { sql, values, .. } = backend.build(select);
    Statement { sql: format!("{sql} LIMIT {rows}"), values, db_backend: backend }
}

/// The text of a statement and its values, to be made part of one that [`query`] runs. More values come after these.
pub fn build(db: &impl ConnectionTrait, select: &SelectStatement) -> (String, Vec<Value>) {
    let Statement { sql, values, .. } = db.get_database_backend().build(select);
    (sql, values.map(|values| values.0).unwrap_or_default())
}

/// A row with every column to be written.
pub fn all_set<E, M>(row: M) -> E::ActiveModel
where
    E: EntityTrait,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    row.into_active_model().reset_all()
}
