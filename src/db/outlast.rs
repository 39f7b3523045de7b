//! Waits for others without being in their way.

use std::collections::HashSet;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::db::Db;
use crate::error::Result;

const PAUSE: Duration = Duration::from_millis(10);

/// Transactions that have locked rows of a table, or are about to. PostgreSQL marks the table before the transaction
/// sees a row, so one that is not among them sees everything that is committed by now.
const LOCKERS: &str = "SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowShareLock' AND relation = CAST($1 AS text)::regclass
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

impl Db {
    /// Waits until all those are over that lock rows of a table at this moment. Whoever comes later is neither waited
    /// for nor kept waiting.
    ///
    /// On SQLite nobody is: a writing transaction is alone.
    pub async fn outlast(&self, table: &str) -> Result<()> {
        if self.reader.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let mut waited_for = self.lockers(table).await?;
        while !waited_for.is_empty() {
            tokio::time::sleep(PAUSE).await;
            let present = self.lockers(table).await?;
            waited_for.retain(|transaction| present.contains(transaction));
        }
        Ok(())
    }

    async fn lockers(&self, table: &str) -> Result<HashSet<String>> {
        let statement = Statement::from_sql_and_values(self.reader.get_database_backend(), LOCKERS, [table.into()]);
        let rows = self.reader.query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }
}
