//! One throw-away PostgreSQL server for all test processes of a `target/` folder.
//!
//! - A server that runs is reused; one that does not is made anew from nothing, since it never syncs its files.
//! - It stops by itself: its parent is a small shell loop that ends it when no test process has touched the
//!   `heartbeat` file for ten minutes, and then deletes its files.
//! - Neither holds the test runner's pipes or belongs to its process group: `cargo test | tee` ends with the
//!   tests, and an interrupt at the terminal does not take the server from another run.
//! - Its files are in memory, where a new database takes a tenth of the time that it takes on a disk; without the room
//!   for that, below `target/`; and if the server's account cannot enter that, among the system's temporary files.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{self, Child};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::super::shared_folder::{SharedFolder, memory};
use super::Result;
use super::programs::Programs;

/// The file in the shared folder that says where the server is: its port and its home, a line each.
const RECORD: &str = "server";

/// How the names of servers' homes begin.
const PREFIX: &str = "tradepost-postgres-";

/// A start may lose its port to another process between choosing and binding it.
const ATTEMPTS: u32 = 3;
const START_TIME: Duration = Duration::from_secs(30);

/// Runs a server in its home, the first argument, until it ends or the heartbeat is ten minutes old.
const WATCH: &str = r#"
home=$1; shift
trap '' HUP
"$@" &
server=$!
while kill -0 "$server" 2>/dev/null && [ -n "$(find "$home/heartbeat" -mmin -10)" ]; do sleep 5; done
kill -INT "$server" 2>/dev/null
wait
cd / && rm -rf "$home"
"#;

/// Nothing here needs to survive a crash, and each new database must cost little.
const SETTINGS: [&str; 17] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=32MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "min_wal_size=32MB",
    "max_wal_size=64MB",
    "autovacuum=off",
    "dynamic_shared_memory_type=mmap",
    "jit=off",
    "log_checkpoints=off",
    "logging_collector=off",
    "log_destination=stderr",
];

#[derive(Clone)]
pub struct Cluster {
    port: u16,
    home: PathBuf,
}

impl Cluster {
    /// The server that an earlier process recorded, if something still answers at its port.
    pub fn recorded(shared: &SharedFolder) -> Option<Self> {
        let cluster = Self::read_record(shared)?;
        // Before the look, so that the server does not stop right after it.
        cluster.touch().ok()?;
        cluster.answers().then_some(cluster)
    }

    /// Makes a new server; the caller holds the shared folder's lock. `None` if PostgreSQL is not installed.
    pub fn make(shared: &SharedFolder) -> Result<Option<Self>> {
        let Some(programs) = Programs::find()? else {
            return Ok(None);
        };
        if let Some(dead) = Self::read_record(shared) {
            // Its watcher deletes it too, unless that was killed.
            drop(fs::remove_dir_all(dead.home));
        }
        let mut attempt = 1;
        loop {
            match Self::start(shared, &programs) {
                Ok(cluster) => break cluster.write_record(shared).map(|()| Some(cluster)),
                Err(error) if attempt == ATTEMPTS => break Err(error),
                Err(_) => attempt += 1,
            }
        }
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Tells the watcher that a test process is alive.
    pub fn touch(&self) -> io::Result<()> {
        fs::write(self.home.join("heartbeat"), process::id().to_string())
    }

    fn read_record(shared: &SharedFolder) -> Option<Self> {
        let record = fs::read_to_string(shared.path().join(RECORD)).ok()?;
        let (port, home) = record.split_once('\n')?;
        let home = PathBuf::from(home);
        // It may be deleted: no other folder must ever pass for one.
        let genuine = home.file_name()?.to_str()?.starts_with(PREFIX);
        let port = port.parse().ok()?;
        genuine.then_some(Self { port, home })
    }

    /// Replaces the record in one step, since others read it without the lock.
    fn write_record(&self, shared: &SharedFolder) -> Result<()> {
        let unfinished = shared.path().join("server.new");
        fs::write(&unfinished, format!("{}\n{}", self.port, self.home.display()))?;
        Ok(fs::rename(unfinished, shared.path().join(RECORD))?)
    }

    fn start(shared: &SharedFolder, programs: &Programs) -> Result<Self> {
        let home = make_home(shared, programs)?;
        let mut cluster = Self { port: free_port()?, home: home.path().to_path_buf() };
        initialize(programs, &cluster)?;
        cluster.touch()?;
        let mut watcher = cluster.spawn(programs)?;
        let began = Instant::now();
        while !cluster.answers() {
            if watcher.try_wait()?.is_some() || began.elapsed() > START_TIME {
                return Err(format!("PostgreSQL did not start. Its log ends with:\n{}", cluster.end_of_log()).into());
            }
            thread::sleep(Duration::from_millis(10));
        }
        // From here on the watcher deletes it.
        cluster.home = home.keep();
        Ok(cluster)
    }

    fn spawn(&self, programs: &Programs) -> Result<Child> {
        let log = File::create(self.home.join("log"))?;
        let mut command = programs.command("sh", &self.home);
        command.args(["-c", WATCH, "sh"]).arg(&self.home);
        command.arg(programs.postgres()).arg("-D").arg(self.data()).arg("-p").arg(self.port.to_string());
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        Ok(command.process_group(0).stdout(log.try_clone()?).stderr(log).spawn()?)
    }

    fn answers(&self) -> bool {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok()
    }

    fn end_of_log(&self) -> String {
        let log = fs::read_to_string(self.home.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(10)..].join("\n")
    }
}

/// A new folder for the server's own files, where its account can reach it.
fn make_home(shared: &SharedFolder, programs: &Programs) -> Result<TempDir> {
    let home = match memory() {
        Some(memory) => TempDir::with_prefix_in(PREFIX, memory)?,
        None if programs.can_enter(shared.path())? => TempDir::with_prefix_in(PREFIX, shared.path())?,
        None => TempDir::with_prefix(PREFIX)?,
    };
    if let Some(account) = programs.account {
        chown(home.path(), Some(account.uid), Some(account.gid))?;
    }
    Ok(home)
}

fn initialize(programs: &Programs, cluster: &Cluster) -> Result<()> {
    let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
    let output = programs
        .command(programs.initdb(), &cluster.home)
        .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale", locale, "--pgdata"])
        .arg(cluster.data())
        .output()?;
    if !output.status.success() {
        return Err(format!("`initdb` failed: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(())
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
