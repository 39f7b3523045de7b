//! An empty database of either kind, among the system's temporary files; it goes when it is dropped.

use std::fmt;

use clap::ValueEnum;
use sea_orm::sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;

use crate::Result;
use crate::postgres::Cluster;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

pub struct Database {
    pub kind: Kind,
    pub url: String,
    _home: Home,
}

/// What has to live as long as the database.
enum Home {
    Folder { _folder: TempDir },
    Cluster { _cluster: Cluster },
}

impl Database {
    /// `None` where PostgreSQL is not installed.
    pub fn make(kind: Kind) -> Result<Option<Self>> {
        let (url, home) = match kind {
            Kind::Sqlite => {
                let folder = TempDir::with_prefix("tradepost-bench-")?;
                let url = format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display());
                (url, Home::Folder { _folder: folder })
            }
            Kind::Postgres => {
                let Some(cluster) = Cluster::start()? else { return Ok(None) };
                (cluster.url(), Home::Cluster { _cluster: cluster })
            }
        };
        Ok(Some(Self { kind, url, _home: home }))
    }

    /// Does what a database in use would have done long ago.
    pub async fn settle(&self) -> Result<()> {
        if self.kind == Kind::Postgres {
            let mut connection = PgConnection::connect(&self.url).await?;
            connection.execute("VACUUM").await?;
            connection.execute("CHECKPOINT").await?;
            connection.close().await?;
        }
        Ok(())
    }
}
