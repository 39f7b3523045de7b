//! Finds the PostgreSQL server's programs, and the account that they may run as.
//!
//! Debian keeps the programs off the `PATH`, and all of them refuse to run as root.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Result;

/// Who owns and runs the server when the tests run as root, best first.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// Where Debian and Homebrew put a folder per PostgreSQL version, each with its `bin`.
const VERSIONED: [&str; 2] = ["/usr/lib/postgresql", "/opt/homebrew/opt"];

#[derive(Clone, Copy)]
pub struct Account {
    pub uid: u32,
    pub gid: u32,
}

pub struct Programs {
    folder: PathBuf,
    /// The account to change to; `None` where the tests' own will do.
    pub account: Option<Account>,
}

impl Programs {
    /// `None` if this machine has no PostgreSQL server.
    pub fn find() -> Result<Option<Self>> {
        let Some(folder) = candidates().into_iter().find(|folder| is_complete(folder)) else {
            return Ok(None);
        };
        Ok(Some(Self { folder, account: account()? }))
    }

    pub fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    /// A command that runs as the server's account, in `folder`, and reads nothing.
    pub fn command(&self, program: impl AsRef<OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).stdin(Stdio::null());
        if let Some(account) = self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// Whether the server's account can reach `folder`: a checkout below a private home folder is closed to it.
    pub fn can_enter(&self, folder: &Path) -> Result<bool> {
        let Some(_) = self.account else {
            return Ok(true);
        };
        let status =
            self.command("sh", Path::new("/")).args(["-c", "cd \"$1\" 2>/dev/null", "sh"]).arg(folder).status()?;
        Ok(status.success())
    }
}

fn is_complete(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

/// `PG_BIN` alone if it is set; else the `PATH`, then the newest version in each of the usual places.
fn candidates() -> Vec<PathBuf> {
    if let Some(folder) = env::var_os("PG_BIN") {
        return vec![PathBuf::from(folder)];
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    for parent in VERSIONED {
        folders.extend(newest_first(Path::new(parent)).into_iter().map(|version| version.join("bin")));
    }
    folders
}

fn newest_first(parent: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(number(version)));
    versions
}

/// The version in a folder's name: 15 of `15`, 17 of `postgresql@17`, 0 of what has none.
fn number(folder: &Path) -> u32 {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

fn account() -> Result<Option<Account>> {
    if id(&["-u"])? != Some(0) {
        return Ok(None);
    }
    for name in ACCOUNTS {
        if let (Some(uid), Some(gid)) = (id(&["-u", name])?, id(&["-g", name])?) {
            return Ok(Some(Account { uid, gid }));
        }
    }
    Err("PostgreSQL refuses to run as root and there is no account `postgres` or `nobody` to run it as. \
         Run the tests as another user."
        .into())
}

/// What `id` answers; `None` if it knows no such account.
fn id(arguments: &[&str]) -> Result<Option<u32>> {
    let output = Command::new("id").args(arguments).stdin(Stdio::null()).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}
