//! Databases for single tests, and the templates that they are copied from.

use std::env;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Write};
use std::sync::{Once, OnceLock};

use tokio::sync::Mutex;

use super::super::shared_folder::{SharedFolder, digest};
use super::Result;
use super::admin::Admin;

const ABSENT: &str = "The PostgreSQL tests were NOT run: no `initdb` and `postgres` on the PATH or below \
     /usr/lib/postgresql. Install the PostgreSQL server (Debian: apt-get install postgresql), \
     or name its folder of programs in PG_BIN.";

/// Attached by the first test of this process. A failure is kept: each test would only meet it again, slowly.
static ADMIN: OnceLock<std::result::Result<Option<Admin>, String>> = OnceLock::new();

/// Held before the folder's lock, which blocks the thread: two tasks of one thread must not wait for each other.
static BUILDING: Mutex<()> = Mutex::const_new(());

/// A database of one test's own; it is dropped with this value.
pub struct TestDatabase {
    pub url: String,
    name: String,
    admin: &'static Admin,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A server that has died took the database with it.
        drop(self.admin.remove(&self.name));
    }
}

/// A copy of the database that `migrate` fills; `fingerprint` changes whenever the migrations do.
///
/// `None` if PostgreSQL is not installed and `REQUIRE_SERVICES` is not `1`: the test then has nothing to test.
#[expect(clippy::panic, reason = "a test that gets no database where there is a server has failed")]
pub async fn database<E: Display>(
    fingerprint: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Option<TestDatabase> {
    let attached = ADMIN.get_or_init(|| Admin::attach().map_err(|error| error.to_string()));
    let made = match attached {
        Ok(Some(admin)) => copy(admin, fingerprint, migrate).await,
        Ok(None) => {
            report("missed");
            assert!(!services_required(), "{ABSENT} REQUIRE_SERVICES=1 makes this a failure.");
            notify_once();
            return None;
        }
        Err(error) => Err(error.as_str().into()),
    };
    match made {
        Ok(database) => Some(database),
        Err(error) => panic!("The PostgreSQL test database could not be made: {error}"),
    }
}

async fn copy<E: Display>(
    admin: &'static Admin,
    fingerprint: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Result<TestDatabase> {
    let template = format!("template_{}", digest(fingerprint));
    let name = match admin.copy(&template)? {
        Some(name) => name,
        None => build_and_copy(admin, &template, migrate).await?,
    };
    report("made");
    Ok(TestDatabase { url: admin.url(&name), name, admin })
}

async fn build_and_copy<E: Display>(
    admin: &Admin,
    template: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Result<String> {
    let _thread = BUILDING.lock().await;
    let _process = SharedFolder::open("tests-postgres")?.lock()?;
    // Another thread or process may have made it while this one waited.
    if let Some(name) = admin.copy(template)? {
        return Ok(name);
    }
    build(admin, template, migrate).await?;
    admin.copy(template)?.ok_or_else(|| format!("{template} vanished as soon as it was made").into())
}

/// Makes the template under another name first, so that nobody ever copies half of one.
async fn build<E: Display>(
    admin: &Admin,
    template: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Result<()> {
    let unfinished = format!("unfinished_{template}");
    admin.remove(&unfinished)?;
    admin.execute(format!("CREATE DATABASE {unfinished} TEMPLATE template0"))?;
    migrate(&admin.url(&unfinished)).await.map_err(|error| format!("the migrations failed: {error}"))?;
    admin.execute(format!("ALTER DATABASE {unfinished} ALLOW_CONNECTIONS false"))?;
    // A connection that `migrate` has dropped but that is not closed yet would keep the name.
    admin.disconnect(&unfinished)?;
    admin.execute(format!("ALTER DATABASE {unfinished} RENAME TO {template}"))?;
    Ok(())
}

fn services_required() -> bool {
    env::var_os("REQUIRE_SERVICES").is_some_and(|value| value == "1")
}

/// Straight to stderr: the test harness shows what a passing test prints to nobody.
fn notify_once() {
    static NOTICE: Once = Once::new();
    NOTICE.call_once(|| drop(writeln!(io::stderr(), "{ABSENT}")));
}

/// Adds a line to the build's report, if it wants one.
#[expect(clippy::panic, reason = "a report that lacks lines would be worse than none")]
fn report(event: &str) {
    let Some(path) = env::var_os("TRADEPOST_TEST_REPORT") else {
        return;
    };
    let written = File::options().create(true).append(true).open(&path).and_then(|mut file| writeln!(file, "{event}"));
    if let Err(error) = written {
        panic!("TRADEPOST_TEST_REPORT: the file {} cannot be written: {error}", path.display());
    }
}
