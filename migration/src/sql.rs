//! Runs one SQL text on either database by filling in the few types that differ.
//!
//! | placeholder | SQLite | PostgreSQL | holds |
//! | --- | --- | --- | --- |
//! | `{uuid}` | `blob` | `uuid` | an id |
//! | `{key}` | `text` | `text COLLATE "C"` | text compared byte by byte: slugs, folded names, enums |
//! | `{serial}` | `integer PRIMARY KEY` | `bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY` | a number that counts up |
//! | `{json}` | `text` | `jsonb` | a document |
//!
//! Instants are `bigint` microseconds since 1970 UTC: one exact, ordered form on both databases.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

pub async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let (uuid, key, json, serial) = match manager.get_database_backend() {
        DbBackend::Sqlite => ("blob", "text", "text", "integer PRIMARY KEY"),
        _ => ("uuid", "text COLLATE \"C\"", "jsonb", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    };
    let sql = sql.replace("{uuid}", uuid).replace("{key}", key).replace("{json}", json).replace("{serial}", serial);
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Declares a migration from its name and its two SQL texts, run in a transaction on both databases.
macro_rules! migration {
    ($name:literal, up: $up:expr, down: $down:expr) => {
        pub struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &str {
                $name
            }
        }

        #[async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            async fn up(&self, manager: &sea_orm_migration::SchemaManager) -> Result<(), sea_orm_migration::DbErr> {
                crate::sql::run(manager, $up).await
            }

            async fn down(&self, manager: &sea_orm_migration::SchemaManager) -> Result<(), sea_orm_migration::DbErr> {
                crate::sql::run(manager, $down).await
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}

pub(crate) use migration;
