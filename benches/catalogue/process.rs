//! The server and the baseline, each a process of its own that ends when it is dropped.

use std::env;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Result;
use crate::load::Connection;

const START_TIME: Duration = Duration::from_secs(60);
/// Linux counts the time of processes in these units, whatever the hardware.
const TICK: Duration = Duration::from_millis(10);

pub struct Process {
    pub port: u16,
    child: Child,
    log: PathBuf,
}

/// Starts the server as it runs in production; `filter` says how much it logs.
pub fn serve(url: &str, filter: &str, log: &Path) -> Result<Process> {
    let port = free_port()?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradepost"));
    command.arg("serve").env_clear().envs([
        ("NODE_ENV", "production"),
        ("DATABASE_URL", url),
        ("AUTH_SECRET", "a secret of benchmarks that is long enough"),
        ("PUBLIC_URL", "https://api.shop.example"),
        ("STOREFRONT_URL", "https://shop.example"),
        ("MAIL_FROM", "shop@shop.example"),
        ("MAIL_FOLDER", "mails"),
        ("BACKEND_HOST", "127.0.0.1"),
        ("BACKEND_PORT", &port.to_string()),
        ("RUST_LOG", filter),
    ]);
    Process::start(command, port, log, "/health/ready")
}

/// Starts this program once more, as the baseline.
pub fn serve_baseline(url: &str, log: &Path) -> Result<Process> {
    let port = free_port()?;
    let mut command = Command::new(env::current_exe()?);
    command.args(["--baseline", url, "--port", &port.to_string()]);
    Process::start(command, port, log, "/ready")
}

impl Process {
    fn start(mut command: Command, port: u16, log: &Path, health: &str) -> Result<Self> {
        let file = File::create(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let mut process = Self { port, child: command.spawn()?, log: log.to_owned() };
        process.wait(&format!("GET {health} HTTP/1.1\r\nHost: localhost\r\n\r\n"))?;
        Ok(process)
    }

    fn wait(&mut self, question: &str) -> Result<()> {
        let began = Instant::now();
        loop {
            let answer = Connection::open(self.port).and_then(|mut connection| {
                connection.ask(question.as_bytes())?;
                Ok(())
            });
            let Err(error) = answer else { return Ok(()) };
            if self.child.try_wait()?.is_some() || began.elapsed() > START_TIME {
                return Err(format!("a process did not start: {error}\n{}", self.log()?).into());
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// All that it has logged so far.
    pub fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(&self.log)?)
    }

    /// How long processors have worked for it; `None` where there is no `/proc` to tell.
    pub fn cpu_time(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name in brackets may hold anything; user and system time are the 12th and 13th word behind it.
        let words: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |word: usize| words.get(word).and_then(|ticks| ticks.parse::<u32>().ok());
        Some(TICK * (ticks(11)? + ticks(12)?))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Another process may take it first; that is rare enough.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
