//! A throw-away PostgreSQL server with the settings of a small shop's.
//!
//! It never syncs its files, which makes no difference to reading.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Result;
use crate::process::free_port;
use crate::programs::Programs;

const START_TIME: Duration = Duration::from_secs(30);

const SETTINGS: [&str; 10] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=512MB",
    "max_wal_size=2GB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "fsync=off",
    "full_page_writes=off",
    // It would begin in the middle of a measurement.
    "autovacuum=off",
    "logging_collector=off",
];

pub struct Cluster {
    port: u16,
    server: Child,
    _home: TempDir,
}

impl Cluster {
    /// `None` if PostgreSQL is not installed.
    pub fn start() -> Result<Option<Self>> {
        let Some(programs) = Programs::find()? else { return Ok(None) };
        let home = TempDir::with_prefix("tradepost-bench-")?;
        if let Some(account) = programs.account {
            chown(home.path(), Some(account.uid), Some(account.gid))?;
        }
        let data = home.path().join("data");
        initialize(&programs, home.path(), &data)?;
        let port = free_port()?;
        let log = home.path().join("log");
        let file = File::create(&log)?;
        let mut command = programs.command(programs.postgres(), home.path());
        command.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        let server = command.stdout(file.try_clone()?).stderr(file).spawn()?;
        let mut cluster = Self { port, server, _home: home };
        cluster.wait(&log)?;
        Ok(Some(cluster))
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    fn wait(&mut self, log: &Path) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if self.server.try_wait()?.is_some() || began.elapsed() > START_TIME {
                return Err(format!("PostgreSQL did not start: {}", fs::read_to_string(log)?).into());
            }
            sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its own children end only if it ends in order.
        drop(Command::new("kill").args(["-INT", &self.server.id().to_string()]).status());
        drop(self.server.wait());
    }
}

fn initialize(programs: &Programs, home: &Path, data: &Path) -> Result<()> {
    let mut command = programs.command(programs.initdb(), home);
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C", "--pgdata"]);
    let output = command.arg(data).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("`initdb` failed: {}", String::from_utf8_lossy(&output.stderr).trim()).into())
}
