//! What nodes on one database tell each other.

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::db::Db;
use crate::error::{Error, Result};

impl Db {
    /// Whether other processes on this database can be told of news, and heard; else they have to look for themselves.
    pub fn carries_news(&self) -> bool {
        self.reader().get_database_backend() == DbBackend::Postgres
    }

    /// Tells all who listen to a channel that there is news.
    pub async fn notify(&self, channel: &str) -> Result<()> {
        if self.carries_news() {
            let sql = "SELECT pg_notify($1, '')";
            let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [channel.into()]);
            self.writer.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// Calls whenever there is news on a channel, and whenever some may have been missed, until the database is gone. It
    /// has a connection of its own. Where nobody tells anything it waits for good.
    pub async fn listen(&self, channel: &str, heard: impl Fn()) -> Result<()> {
        if !self.carries_news() {
            return std::future::pending().await;
        }
        let gone = |error: SqlxError| Error::Unavailable(error.into());
        let options = self.reader.get_postgres_connection_pool().connect_options();
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.as_ref().clone());
        let mut listener = PgListener::connect_with(&pool).await.map_err(gone)?;
        listener.listen(channel).await.map_err(gone)?;
        loop {
            heard();
            // Nothing means that the connection broke, and is there again.
            listener.try_recv().await.map_err(gone)?;
        }
    }
}
