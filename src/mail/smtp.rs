//! Sending over SMTP, in bounded time and over connections that are kept for the next mail.
//!
//! The library's own pool is not used: it takes a connection back when sending was given up half-way, and the next mail
//! would be written into the middle of that conversation.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::Message;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::failure::SendFailure;
use crate::config::{SmtpSecurity, SmtpServer};
use crate::error::{Error, Result};

/// Servers and the boxes between end connections that lie still for some minutes.
const LONGEST_IDLE: Duration = Duration::from_secs(30);
const MOST_IDLE: usize = 4;

pub struct Smtp {
    server: SmtpServer,
    tls: TlsParameters,
    hello: ClientId,
    timeout: Duration,
    idle: Mutex<Vec<Idle>>,
}

/// A connection that waits for the next mail.
struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Smtp {
    /// Connects to nobody yet.
    pub fn new(server: SmtpServer, from: &Mailbox, timeout: Duration) -> Result<Self> {
        let tls = TlsParameters::new(server.host.clone()).map_err(Error::internal)?;
        let hello = server.hello.clone().unwrap_or_else(|| from.email.domain().to_owned());
        Ok(Self { server, tls, hello: ClientId::Domain(hello), timeout, idle: Mutex::default() })
    }

    /// Sends a mail or says why not; secrets are left out of the reason. When it is dropped or takes too long, the
    /// connection is closed.
    pub async fn send(&self, message: &Message, secrets: &[String]) -> Result<(), SendFailure> {
        match timeout(self.timeout, self.deliver(message, secrets)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(SendFailure::TimedOut(self.timeout)),
        }
    }

    async fn deliver(&self, message: &Message, secrets: &[String]) -> Result<(), SendFailure> {
        let mut connection = match self.waiting().await {
            Some(connection) => connection,
            None => self.connect().await.map_err(|error| SendFailure::of_connecting(&error))?,
        };
        let sent = connection.send(message.envelope(), &message.formatted()).await;
        sent.map_err(|error| SendFailure::of(&error, secrets))?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE {
            idle.push(Idle { connection, since: Instant::now() });
        }
        Ok(())
    }

    /// A connection that was used before and still works.
    async fn waiting(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let Idle { mut connection, since } = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            let is_fresh = since.elapsed() < LONGEST_IDLE;
            // One that does not answer must leave time for a new one.
            if is_fresh && timeout(self.timeout / 4, connection.test_connected()).await.unwrap_or(false) {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, smtp::Error> {
        let address = (self.server.host.as_str(), self.server.port);
        let tls = (self.server.security == SmtpSecurity::Tls).then(|| self.tls.clone());
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.timeout), &self.hello, tls, None).await?;
        let is_encrypted_now = match self.server.security {
            SmtpSecurity::Plain | SmtpSecurity::Tls => false,
            SmtpSecurity::Opportunistic => connection.can_starttls(),
            SmtpSecurity::Required => true,
        };
        if is_encrypted_now {
            connection.starttls(self.tls.clone(), &self.hello).await?;
        }
        if let Some((user, password)) = &self.server.credentials {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(connection)
    }
}
