//! The baseline on PostgreSQL.

use std::str::FromStr;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sea_orm::sqlx::{ConnectOptions as _, Row, query};
use uuid::Uuid;

use super::answer::{Card, Cursor, ProductRow};
use super::reads::reads;
use super::{CONNECTIONS, Members, sql};
use crate::Result;

reads!(Postgres, PgPool, sql::PRODUCT_ON_POSTGRES);

impl Postgres {
    /// With what the server sets.
    pub async fn connect(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .options([("plan_cache_mode", "force_generic_plan")])
            .disable_statement_logging();
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS);
        Self::over(pool.connect_with(options).await?).await
    }
}
