//! Looks into a test's database, and changes what no request could.

use sea_orm::{ConnectionTrait, DbErr, Statement};
use tradepost::db::Db;

/// The first column of every row, as text. What is no text is cast in the SQL.
pub async fn texts(db: &Db, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.reader().get_database_backend(), sql);
    let rows = db.reader().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// The only number that a statement gives.
pub async fn number(db: &Db, sql: &str) -> i64 {
    let statement = Statement::from_string(db.reader().get_database_backend(), sql);
    db.reader().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Runs statements in a transaction of their own.
pub async fn execute(db: &Db, sql: &str) -> Result<(), DbErr> {
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared(sql).await?;
    tx.commit().await
}

pub fn is_sqlite(db: &Db) -> bool {
    db.reader().get_database_backend() == sea_orm::DbBackend::Sqlite
}
