//! Brings the database's schema up or down: all steps or none, one node at a time.

use std::collections::HashSet;

use migration::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};

use crate::db::Db;
use crate::error::Result;

/// One migration and whether the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationState {
    pub name: String,
    pub is_applied: bool,
}

/// A text that changes with the list of migrations.
pub fn fingerprint() -> String {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect::<Vec<_>>().join(",")
}

impl Db {
    /// Applies what is pending, at most `steps` of it, and tells how many were applied.
    pub async fn migrate_up(&self, steps: Option<u32>) -> Result<usize> {
        let tx = self.begin_migration().await?;
        let before = Migrator::get_applied_migrations(&tx).await?.len();
        Migrator::up(&tx, steps).await?;
        let after = Migrator::get_applied_migrations(&tx).await?.len();
        tx.commit().await?;
        Ok(after.saturating_sub(before))
    }

    /// Undoes the latest `steps` migrations (all for `None`) and tells how many were undone.
    pub async fn migrate_down(&self, steps: Option<u32>) -> Result<usize> {
        let tx = self.begin_migration().await?;
        let before = Migrator::get_applied_migrations(&tx).await?.len();
        Migrator::down(&tx, steps).await?;
        let after = Migrator::get_applied_migrations(&tx).await?.len();
        tx.commit().await?;
        Ok(before.saturating_sub(after))
    }

    /// Every migration that this version knows, oldest first.
    pub async fn migrations(&self) -> Result<Vec<MigrationState>> {
        let applied = self.applied_migrations().await?;
        let state = |name: String| MigrationState { is_applied: applied.contains(&name), name };
        Ok(Migrator::migrations().iter().map(|migration| state(migration.name().to_owned())).collect())
    }

    /// How many migrations the database lacks.
    pub async fn pending_migrations(&self) -> Result<usize> {
        Ok(self.migrations().await?.iter().filter(|migration| !migration.is_applied).count())
    }

    /// The names of all migrations that the database has. A newer version may have applied some that this one does not
    /// know; it goes on serving then.
    async fn applied_migrations(&self) -> Result<HashSet<String>> {
        let table = Migrator::migration_table_name();
        let manager = SchemaManager::new(self.reader());
        if !manager.has_table(table.to_string()).await? {
            return Ok(HashSet::new());
        }
        let names = Query::select().column("version").from(table).take();
        let rows = self.reader().query_all(&names).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// A second node waits here and then finds nothing to do.
    async fn begin_migration(&self) -> Result<DatabaseTransaction> {
        let tx = self.begin().await?;
        if tx.get_database_backend() == DbBackend::Postgres {
            // The number is arbitrary but the same on every node. Waiting for it may take longer than a statement.
            tx.execute_unprepared("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(7238110559120013)")
                .await?;
        }
        Ok(tx)
    }
}
