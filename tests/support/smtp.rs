//! A mail server on this machine that keeps what it gets, and can be told to refuse, to fall silent, or to go away.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A mail as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub content: Vec<u8>,
}

/// At which point of a conversation the server does something else than to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Greeting,
    SignIn,
    Recipient,
    /// After the whole message has come.
    Message,
}

#[derive(Default)]
struct State {
    mails: Mutex<Vec<Received>>,
    /// The answer at a step; without one there is silence.
    odd: Mutex<Option<(Step, Option<&'static str>)>>,
    connections: AtomicUsize,
    /// User and password of whoever signed in last.
    credentials: Mutex<Option<(String, String)>>,
}

pub struct SmtpServer {
    pub address: SocketAddr,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        Self::start_on(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    pub async fn start_on(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let (address, state) = (listener.local_addr().unwrap(), Arc::<State>::default());
        let listening = tokio::spawn(listen(listener, state.clone()));
        Self { address, state, listening }
    }

    /// Ends all conversations, and takes no more.
    pub async fn stop(self) -> SocketAddr {
        self.listening.abort();
        drop(self.listening.await);
        self.address
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on the server answers so at this step.
    pub fn answer(&self, step: Step, answer: &'static str) {
        *self.state.odd.lock().unwrap() = Some((step, Some(answer)));
    }

    /// From now on the server says nothing at this step.
    pub fn hang(&self, step: Step) {
        *self.state.odd.lock().unwrap() = Some((step, None));
    }

    pub fn behave(&self) {
        *self.state.odd.lock().unwrap() = None;
    }

    pub fn mails(&self) -> Vec<Received> {
        self.state.mails.lock().unwrap().clone()
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    pub fn credentials(&self) -> Option<(String, String)> {
        self.state.credentials.lock().unwrap().clone()
    }
}

async fn listen(listener: TcpListener, state: Arc<State>) {
    // Conversations end with it.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::SeqCst);
        conversations.spawn(Conversation { stream: BufReader::new(stream), state: state.clone() }.hold());
    }
}

struct Conversation {
    stream: BufReader<TcpStream>,
    state: Arc<State>,
}

impl Conversation {
    async fn hold(mut self) {
        // A client that has gone away is none of the server's business.
        drop(self.talk().await);
    }

    async fn talk(&mut self) -> io::Result<()> {
        self.say_at(Step::Greeting, "220 test").await?;
        let mut mail = Received { from: String::new(), to: String::new(), content: Vec::new() };
        while let Some(line) = self.line().await? {
            let line = line.trim_end().to_owned();
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "EHLO" => self.say("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
                "AUTH" => {
                    self.sign_in(&line);
                    self.say_at(Step::SignIn, "235 welcome").await?;
                }
                "MAIL" => {
                    mail.from = path(&line);
                    self.say("250 ok").await?;
                }
                "RCPT" => {
                    mail.to = path(&line);
                    self.say_at(Step::Recipient, "250 ok").await?;
                }
                "DATA" => {
                    self.say("354 go on").await?;
                    mail.content = self.message().await?;
                    if self.say_at(Step::Message, "250 kept").await? {
                        self.state.mails.lock().unwrap().push(mail.clone());
                    }
                }
                "QUIT" => return self.say("221 bye").await,
                "NOOP" => self.say("250 ok").await?,
                _ => self.say("502 what?").await?,
            }
        }
        Ok(())
    }

    fn sign_in(&self, line: &str) {
        let bytes = STANDARD.decode(line.rsplit(' ').next().unwrap()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let parts: Vec<&str> = text.split('\0').collect();
        *self.state.credentials.lock().unwrap() = Some((parts[1].to_owned(), parts[2].to_owned()));
    }

    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        Ok((self.stream.read_line(&mut line).await? > 0).then_some(line))
    }

    async fn message(&mut self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        loop {
            match self.line().await? {
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(line) if line == ".\r\n" => return Ok(content),
                Some(line) => content.extend(line.strip_prefix('.').unwrap_or(&line).bytes()),
            }
        }
    }

    async fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(format!("{text}\r\n").as_bytes()).await
    }

    /// Says what belongs here, or what the test wants; tells whether it agreed.
    async fn say_at(&mut self, step: Step, usual: &str) -> io::Result<bool> {
        let odd = self.state.odd.lock().unwrap().filter(|(at, _)| *at == step);
        match odd {
            None => self.say(usual).await.map(|()| true),
            Some((_, Some(answer))) => self.say(answer).await.map(|()| false),
            Some((_, None)) => std::future::pending().await,
        }
    }
}

/// What stands in angle brackets.
fn path(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
