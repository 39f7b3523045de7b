//! A migrated SQLite database for one test, in milliseconds.
//!
//! The migrations run once per fingerprint, into a template file below `target/`; a test gets a copy of it in a folder
//! of its own, in memory if there is room, which goes when the [`TestDatabase`] is dropped. What killed tests left
//! behind goes after an hour.

use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::sync::Mutex;

use super::shared_folder::{SharedFolder, digest, memory};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Held before the folder's lock, which blocks the thread: two tasks of one thread must not wait for each other.
static BUILDING: Mutex<()> = Mutex::const_new(());

/// How the names of single tests' folders begin, and the age at which no test can still be using one.
const PREFIX: &str = "tradepost-sqlite-";
const OLD: Duration = Duration::from_secs(3600);

pub struct TestDatabase {
    pub url: String,
    _folder: TempDir,
}

/// A copy of the database that `migrate` fills; `fingerprint` changes whenever the migrations do.
#[expect(clippy::panic, reason = "a test that gets no database has failed")]
pub async fn database<E: Display>(
    fingerprint: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> TestDatabase {
    match copy(fingerprint, migrate).await {
        Ok(database) => database,
        Err(error) => panic!("The SQLite test database could not be made: {error}"),
    }
}

async fn copy<E: Display>(
    fingerprint: &str,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Result<TestDatabase> {
    let shared = SharedFolder::open("tests-sqlite")?;
    let template = shared.path().join(format!("template_{}.db", digest(fingerprint)));
    if !template.exists() {
        build(&shared, &template, migrate).await?;
    }
    let folder = TempDir::with_prefix_in(PREFIX, place(&shared))?;
    let file = folder.path().join("tradepost.db");
    fs::copy(&template, &file)?;
    Ok(TestDatabase { url: url(&file), _folder: folder })
}

/// Makes the template under another name first, so that nobody ever copies half of one.
async fn build<E: Display>(
    shared: &SharedFolder,
    template: &Path,
    migrate: impl AsyncFnOnce(&str) -> std::result::Result<(), E>,
) -> Result<()> {
    let _thread = BUILDING.lock().await;
    let _process = shared.lock()?;
    if template.exists() {
        return Ok(());
    }
    remove_old(place(shared))?;
    let folder = TempDir::with_prefix_in(PREFIX, shared.path())?;
    let file = folder.path().join("template.db");
    migrate(&url(&file)).await.map_err(|error| format!("the migrations failed: {error}"))?;
    settle(&file).await?;
    fs::rename(&file, template)?;
    Ok(())
}

/// Moves what the write-ahead log still holds into the file, since the file alone is copied.
async fn settle(file: &Path) -> Result<()> {
    let mut options = ConnectOptions::new(url(file));
    options.max_connections(1).sqlx_logging(false);
    let database = Database::connect(options).await?;
    database.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    database.close().await?;
    Ok(())
}

/// Where the folders of single tests are.
fn place(shared: &SharedFolder) -> &Path {
    memory().unwrap_or(shared.path())
}

fn remove_old(place: &Path) -> Result<()> {
    for entry in fs::read_dir(place)?.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let modified = entry.metadata().and_then(|found| found.modified());
        if ours && modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > OLD)) {
            // Memory is everybody's: a folder of another user stays.
            drop(fs::remove_dir_all(entry.path()));
        }
    }
    Ok(())
}

fn url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}
