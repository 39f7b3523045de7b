//! A server for each test, made by the production constructor on a database of its own, and clients that speak to it.
//!
//! Requests go through the whole HTTP stack but for the socket.

mod attribute;
pub mod bulk;
mod client;
pub mod fixture;
pub mod introspection;
pub mod postgres;
mod reply;
mod shared_folder;
pub mod smtp;
pub mod sql;
pub mod sqlite;
pub mod statements;
mod tax;

use std::path::Path;

use axum::Router;
use clap::Parser;
use secrecy::SecretString;
use tempfile::TempDir;
use tradepost::app::App;
use tradepost::auth::{Actor, Permission};
use tradepost::config::{Config, ServerOptions};
use tradepost::db;
use tradepost::id::StaffUserId;
use tradepost::staff::account::{RoleChoice, StaffUserCreate};

pub use client::Client;
pub use reply::Reply;

/// Runs a test on SQLite and on PostgreSQL, each with an empty, migrated database.
pub async fn on_both(test: impl AsyncFn(&TestApp)) {
    test(&TestApp::on_sqlite().await).await;
    if let Some(app) = TestApp::on_postgres().await {
        test(&app).await;
    }
}

/// Runs a test on SQLite and on PostgreSQL, each with a database in which there is nothing at all.
pub async fn on_both_unmigrated(test: impl AsyncFn(&TestApp)) {
    test(&TestApp::on_empty_sqlite().await).await;
    if let Some(app) = TestApp::on_empty_postgres().await {
        test(&app).await;
    }
}

/// A server on a database of its own.
pub struct TestApp {
    pub app: App,
    pub router: Router,
    /// Where the database is.
    pub url: String,
    mails: TempDir,
    _database: Database,
}

enum Database {
    Sqlite { _database: sqlite::TestDatabase },
    Postgres { _database: postgres::TestDatabase },
}

impl TestApp {
    pub async fn on_sqlite() -> Self {
        let database = sqlite::database(&db::fingerprint(), migrate).await;
        Self::new(database.url.clone(), Database::Sqlite { _database: database }).await
    }

    /// `None` where there is no PostgreSQL, which is said once.
    pub async fn on_postgres() -> Option<Self> {
        let database = postgres::database(&db::fingerprint(), migrate).await?;
        Some(Self::new(database.url.clone(), Database::Postgres { _database: database }).await)
    }

    async fn on_empty_sqlite() -> Self {
        let database = sqlite::database("empty", leave).await;
        Self::unprepared(database.url.clone(), Database::Sqlite { _database: database }).await
    }

    async fn on_empty_postgres() -> Option<Self> {
        let database = postgres::database("empty", leave).await?;
        Some(Self::unprepared(database.url.clone(), Database::Postgres { _database: database }).await)
    }

    async fn new(url: String, database: Database) -> Self {
        let app = Self::unprepared(url, database).await;
        app.app.prepare().await.unwrap();
        app
    }

    async fn unprepared(url: String, database: Database) -> Self {
        let mails = TempDir::new().unwrap();
        let app = App::new(config(&url, &["--mail-folder", mails.path().to_str().unwrap()])).await.unwrap();
        let router = tradepost::http::router(app.clone()).unwrap();
        Self { app, router, url, mails, _database: database }
    }

    /// The folder that its mails are written to.
    pub fn mails(&self) -> &Path {
        self.mails.path()
    }

    /// The configuration of a second server on the same database, with other options.
    pub fn sibling_config(&self, options: &[&str]) -> Config {
        let mails = ["--mail-folder", self.mails.path().to_str().unwrap()];
        config(&self.url, &[&mails, options].concat())
    }

    /// A second server on the same database, with other options.
    pub async fn sibling(&self, options: &[&str]) -> (App, Router) {
        let app = App::new(self.sibling_config(options)).await.unwrap();
        let router = tradepost::http::router(app.clone()).unwrap();
        (app, router)
    }

    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone(), None)
    }

    /// A staff user who has signed in, with exactly these permissions.
    pub async fn staff(&self, permissions: &[Permission]) -> Client {
        let name = format!("role {}", StaffUserId::generate());
        let permissions: std::collections::BTreeSet<_> = permissions.iter().copied().collect();
        if permissions.is_empty() {
            return self.powerless().await;
        }
        self.signed_in(RoleChoice::Named { name, permissions }).await
    }

    /// A staff user who has signed in and may do everything.
    pub async fn owner(&self) -> Client {
        self.signed_in(RoleChoice::Owner).await
    }

    /// Somebody who has signed in and has the role of a name, which is there.
    pub async fn staff_of(&self, role: &str) -> Client {
        self.signed_in(RoleChoice::Named { name: role.to_owned(), permissions: Default::default() }).await
    }

    async fn powerless(&self) -> Client {
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
        use tradepost::entity::role_permission;
        let name = format!("role {}", StaffUserId::generate());
        let permissions = [Permission::StockRead].into();
        let client = self.signed_in(RoleChoice::Named { name, permissions }).await;
        let tx = self.app.db().begin().await.unwrap();
        role_permission::Entity::delete_many()
            .filter(role_permission::Column::Permission.eq(Permission::StockRead))
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        client
    }

    async fn signed_in(&self, role: RoleChoice) -> Client {
        let email = format!("{}@example.com", StaffUserId::generate());
        let password = "a long enough password";
        let account = StaffUserCreate {
            email: email.clone(),
            name: "Staff".to_owned(),
            password: SecretString::from(password),
            role,
        };
        self.app.staff.create(&Actor::System, account).await.unwrap();
        let reply = self.anonymous().sign_in(&email, password).await;
        Client::new(self.router.clone(), Some(reply.text("/staffSignIn/session/accessToken")))
    }
}

/// Makes a template that stays empty.
async fn leave(_: &str) -> tradepost::error::Result<()> {
    Ok(())
}

/// Makes a template with all migrations.
pub async fn migrate(url: &str) -> tradepost::error::Result<()> {
    let app = App::new(config(url, &[])).await?;
    app.db().migrate_up(None).await?;
    app.db().close().await;
    Ok(())
}

#[derive(Parser)]
#[command(args_override_self = true)]
struct Options {
    #[command(flatten)]
    server: ServerOptions,
}

/// The configuration that a server of this database would read, with cheap passwords; options win over that.
pub fn config(url: &str, options: &[&str]) -> Config {
    let base = [
        "tradepost",
        "--database-url",
        url,
        "--node-env",
        "test",
        "--auth-secret",
        "a secret of tests that is long enough",
        "--password-memory-kib",
        "8",
        "--password-iterations",
        "1",
        // Whoever looks at mails names a folder of its own; these are never looked at.
        "--mail-folder",
        concat!(env!("CARGO_TARGET_TMPDIR"), "/mails"),
    ];
    let options = Options::parse_from(base.iter().chain(options));
    Config::from_options(options.server).unwrap()
}
