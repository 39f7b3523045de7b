//! A folder below `target/` that the test processes of this checkout share.
//!
//! nextest runs each test in a process of its own, `cargo test` runs threads in one; what is dear to make
//! (a server, a migrated database) is made by whoever comes first and found there by the others.
//! Everything in the folder may be deleted at any time when no test runs.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A file system in memory: where many small files come and go it is ten times as fast as a disk.
const MEMORY: &str = "/dev/shm";

/// Containers often have a memory file system that is too small to be of use.
const ENOUGH_KIB: u64 = 1024 * 1024;

pub struct SharedFolder(PathBuf);

impl SharedFolder {
    /// Opens `target/<name>`, making it if it is not there.
    pub fn open(name: &str) -> io::Result<Self> {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = scratch.parent().unwrap_or(scratch).join(name);
        fs::create_dir_all(&path)?;
        Ok(Self(path.canonicalize()?))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Waits until no other process or thread holds the folder; the lock ends when the returned file is dropped.
    ///
    /// It blocks the thread: a task that keeps it across an `await` must not share its thread with another taker.
    pub fn lock(&self) -> io::Result<File> {
        let file = File::options().create(true).append(true).open(self.0.join("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

/// A short name for `text` that is safe in file names and SQL, and the same in every process of one build.
pub fn digest(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A folder for short-lived files that is kept in memory; `None` where there is none or it has too little room.
pub fn memory() -> Option<&'static Path> {
    static ROOMY: OnceLock<bool> = OnceLock::new();
    let roomy = *ROOMY.get_or_init(|| free_kib(MEMORY).is_some_and(|free| free >= ENOUGH_KIB));
    roomy.then_some(Path::new(MEMORY))
}

/// The fourth column of the second line of `df -Pk`, whose form POSIX fixes.
fn free_kib(folder: &str) -> Option<u64> {
    let output = Command::new("df").args(["-Pk", folder]).output().ok()?;
    let table = String::from_utf8(output.stdout).ok()?;
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}
