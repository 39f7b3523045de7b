//! This process's one connection to the cluster as its administrator, on a thread of its own.
//!
//! - A thread, because each test has its own runtime and a connection dies with the runtime that opened it,
//!   and because a test's database is dropped where nothing can be awaited.
//! - A database is named after the connection that made it (`t_<backend>_<n>`), so what a killed process left
//!   behind shows: that connection is gone. Each process removes such databases when it begins.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Statement,
};
use tokio::runtime::{Builder, Runtime};

use super::super::shared_folder::SharedFolder;
use super::Result;
use super::cluster::Cluster;

/// How often a process that is busy with something else tells the cluster's watcher that it lives.
const HEARTBEAT: Duration = Duration::from_secs(60);
const CONNECT_TIME: Duration = Duration::from_secs(20);
const DISCONNECT_ATTEMPTS: u32 = 200;

const IDENTITY: &str = "SELECT pg_backend_pid(), current_setting('data_directory'), \
     current_setting('server_version_num')::int";

/// A database with this connection's own number is an older process's too: this one has made none yet.
const LEFT_BEHIND: &str = "SELECT datname::text FROM pg_database \
     WHERE datname ~ '^t_[0-9]+_[0-9]+$' AND (split_part(datname, '_', 2)::int = pg_backend_pid() \
     OR split_part(datname, '_', 2)::int NOT IN (SELECT pid FROM pg_stat_activity))";

/// The first version that copies a template by its log unless told otherwise, which takes three times as long.
const COPIES_BY_LOG: i32 = 150_000;

/// What the tests' threads hold.
pub struct Admin {
    cluster: Cluster,
    backend: i32,
    version: i32,
    orders: Sender<Order>,
    count: AtomicU32,
}

/// A statement to run, and where its outcome goes.
struct Order {
    sql: String,
    outcome: Sender<std::result::Result<u64, DbErr>>,
}

/// What the administrator's thread holds.
struct Session {
    cluster: Cluster,
    backend: i32,
    version: i32,
    connection: DatabaseConnection,
    runtime: Runtime,
}

impl Admin {
    /// Connects to the running cluster, or to a new one; `None` if PostgreSQL is not installed.
    pub fn attach() -> Result<Option<Self>> {
        let (orders, received) = mpsc::channel();
        let (attached, result) = mpsc::channel();
        thread::Builder::new().name("postgres-admin".into()).spawn(move || match Session::open() {
            Ok(Some(session)) => {
                let facts = (session.cluster.clone(), session.backend, session.version);
                if attached.send(Ok(Some(facts))).is_ok() {
                    session.serve(&received);
                }
            }
            other => drop(attached.send(other.map(|_| None))),
        })?;
        let facts = result.recv()??;
        Ok(facts.map(|(cluster, backend, version)| Self {
            cluster,
            backend,
            version,
            orders,
            count: AtomicU32::new(0),
        }))
    }

    pub fn url(&self, database: &str) -> String {
        self.cluster.url(database)
    }

    /// A copy of `template` under a name that no other test has; `None` if there is no such template.
    pub fn copy(&self, template: &str) -> Result<Option<String>> {
        let name = format!("t_{}_{}", self.backend, self.count.fetch_add(1, Ordering::Relaxed));
        let strategy = if self.version < COPIES_BY_LOG { "" } else { " STRATEGY file_copy" };
        match self.execute(format!("CREATE DATABASE {name} TEMPLATE {template}{strategy}")) {
            Ok(_) => Ok(Some(name)),
            Err(error) if is_unknown_database(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Drops a database and ends whatever is still connected to it.
    pub fn remove(&self, database: &str) -> std::result::Result<(), DbErr> {
        self.disconnect(database)?;
        self.execute(removal(database)).map(drop)
    }

    /// Ends the connections to a database and waits until they are gone.
    ///
    /// `DROP DATABASE … WITH (FORCE)` does so too, but then looks again every tenth of a second only.
    pub fn disconnect(&self, database: &str) -> std::result::Result<(), DbErr> {
        let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        for _ in 0..DISCONNECT_ATTEMPTS {
            if self.execute(sql.clone())? == 0 {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Runs one statement, waits for its end and tells how many rows it touched or returned.
    pub fn execute(&self, sql: String) -> std::result::Result<u64, DbErr> {
        let (outcome, result) = mpsc::channel();
        let gone = || DbErr::Custom("The administrator's thread has ended.".into());
        self.orders.send(Order { sql, outcome }).map_err(|_| gone())?;
        result.recv().map_err(|_| gone())?
    }
}

impl Session {
    fn open() -> Result<Option<Self>> {
        let shared = SharedFolder::open("tests-postgres")?;
        if let Some(session) = Self::join(&shared)? {
            return Ok(Some(session));
        }
        let _lock = shared.lock()?;
        // Another process may have made it while this one waited.
        if let Some(session) = Self::join(&shared)? {
            return Ok(Some(session));
        }
        match Cluster::make(&shared)? {
            Some(cluster) => Self::connect(cluster).map(Some),
            None => Ok(None),
        }
    }

    /// Connects to the recorded cluster. `None` if it is gone, also where its port belongs to something else by now.
    fn join(shared: &SharedFolder) -> Result<Option<Self>> {
        let Some(cluster) = Cluster::recorded(shared) else {
            return Ok(None);
        };
        let Ok(session) = Self::connect(cluster) else {
            return Ok(None);
        };
        session.remove_left_behind()?;
        Ok(Some(session))
    }

    fn connect(cluster: Cluster) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut options = ConnectOptions::new(cluster.url("postgres"));
        options.min_connections(1).max_connections(1).acquire_timeout(CONNECT_TIME).connect_timeout(CONNECT_TIME);
        // The connection's number is in the databases' names: it must stay the same one.
        options.idle_timeout(None).max_lifetime(None).test_before_acquire(false).sqlx_logging(false);
        let connection = runtime.block_on(Database::connect(options))?;
        let rows = runtime.block_on(query(&connection, IDENTITY))?;
        let row = rows.first().ok_or("PostgreSQL does not say who it is.")?;
        let data: String = row.try_get_by_index(1)?;
        if cluster.data().to_str() != Some(&data) {
            return Err("The port belongs to another PostgreSQL server.".into());
        }
        let (backend, version) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
        Ok(Self { cluster, backend, version, connection, runtime })
    }

    fn remove_left_behind(&self) -> Result<()> {
        for row in self.runtime.block_on(query(&self.connection, LEFT_BEHIND))? {
            let database: String = row.try_get_by_index(0)?;
            // Another process may be removing it at this moment.
            drop(self.runtime.block_on(self.connection.execute_unprepared(&removal(&database))));
        }
        Ok(())
    }

    /// Runs orders until the process ends.
    fn serve(&self, orders: &Receiver<Order>) {
        loop {
            // A folder that was deleted under the tests shows in their statements.
            drop(self.cluster.touch());
            match orders.recv_timeout(HEARTBEAT) {
                Ok(Order { sql, outcome }) => {
                    let result = self.runtime.block_on(self.connection.execute_unprepared(&sql));
                    drop(outcome.send(result.map(|done| done.rows_affected())));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

fn removal(database: &str) -> String {
    format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")
}

async fn query(connection: &DatabaseConnection, sql: &str) -> std::result::Result<Vec<QueryResult>, DbErr> {
    connection.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await
}

fn is_unknown_database(error: &DbErr) -> bool {
    let DbErr::Exec(RuntimeErr::SqlxError(cause)) = error else {
        return false;
    };
    cause.as_database_error().is_some_and(|error| error.code().as_deref() == Some("3D000"))
}
