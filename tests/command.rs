//! The program as people run it: a process with arguments, an environment and a working directory.

mod configuration;
mod crash;
mod data;
mod life;
mod mail;
mod serve;
mod staff;
mod transfer;
mod work;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const SECRET: &str = "a secret of tests that is long enough";
/// Far more than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A working directory, where the database of development lives.
struct Shop {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Shop {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A folder with a migrated database.
    fn migrated() -> Self {
        let shop = Self::new();
        assert_eq!(shop.run(&["migrate"], &[]).code, 0);
        shop
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.folder.path().join(name), content).unwrap();
    }

    /// The program with nothing in its environment but what is needed to start it and cheap passwords.
    fn command(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradepost"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("PASSWORD_MEMORY_KIB", "8")
            .env("PASSWORD_ITERATIONS", "1")
            .envs(environment.iter().map(|(name, value)| (OsStr::new(*name), OsStr::new(*value))));
        command
    }

    /// Runs a command to its end.
    fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
        self.run_with_input(arguments, environment, "")
    }

    fn run_with_input(&self, arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ended {
        let mut command = self.command(arguments, environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that does not read its input may have ended before it is written.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Starts a server and waits until it answers.
    fn serve(&self, environment: &[(&str, &str)]) -> Server {
        self.serve_with(&["serve"], environment)
    }

    fn serve_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Server {
        let port = free_port();
        self.start_with(arguments, port, environment).wait_until_live()
    }

    /// Starts a server on a port, without waiting for it.
    fn start(&self, port: u16, environment: &[(&str, &str)]) -> Server {
        self.start_with(&["serve"], port, environment)
    }

    fn start_with(&self, arguments: &[&str], port: u16, environment: &[(&str, &str)]) -> Server {
        let log = self.folder.path().join(format!("log-{port}"));
        let file = File::create(&log).unwrap();
        let mut command = self.command(arguments, environment);
        command.env("BACKEND_PORT", port.to_string()).stdin(Stdio::null());
        command.stdout(file.try_clone().unwrap()).stderr(file);
        Server { child: command.spawn().unwrap(), port, log }
    }
}

/// Another process may take it before the server does; that is rare enough.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// What a server in production cannot do without.
fn production(url: &str) -> Vec<(&str, &str)> {
    vec![
        ("NODE_ENV", "production"),
        ("DATABASE_URL", url),
        ("AUTH_SECRET", SECRET),
        ("PUBLIC_URL", "https://api.shop.example"),
        ("STOREFRONT_URL", "https://shop.example"),
        ("MAIL_FROM", "shop@shop.example"),
        ("MAIL_FOLDER", "mails"),
        ("BACKEND_HOST", "127.0.0.1"),
    ]
}

/// A server that runs until it is dropped.
struct Server {
    child: Child,
    port: u16,
    log: std::path::PathBuf,
}

impl Server {
    fn wait_until_live(mut self) -> Self {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the server ended with {status}: {}", self.output());
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() && self.get("/health/ready").status == 200 {
                return self;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("the server did not start: {}", self.output());
    }

    /// All that it has printed so far.
    fn output(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn get(&self, path: &str) -> Answer {
        self.request(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        ))
    }

    fn request(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        Answer::read(&mut stream)
    }

    /// Runs an operation, with an access token or without.
    fn graphql(&self, token: Option<&str>, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let head = post_head(body.len(), token);
        self.request(&format!("{head}\r\n{body}"))
    }

    /// Signs in and gives the access token, or what went wrong.
    fn sign_in(&self, email: &str, password: &str) -> Result<String, Value> {
        const SIGN_IN: &str = "mutation($input: StaffSignInInput!) { staffSignIn(input: $input) {
            session { accessToken } userErrors { code } } }";
        let answer = self.graphql(None, SIGN_IN, json!({ "input": { "email": email, "password": password } }));
        let json = answer.json();
        json.pointer("/data/staffSignIn/session/accessToken").and_then(Value::as_str).map(str::to_owned).ok_or(json)
    }

    fn signal(&self, name: &str) {
        let status = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for its end.
    fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("the server does not end: {}", self.output());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn post_head(length: usize, token: Option<&str>) -> String {
    let authorization = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    format!(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {length}\r\n{authorization}"
    )
}

/// An answer as it came over the wire.
#[derive(Debug)]
struct Answer {
    status: u16,
    body: String,
}

impl Answer {
    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Self { status, body: body.to_owned() }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
