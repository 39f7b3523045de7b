//! Signing in by e-mail address and password.

use secrecy::SecretString;

use crate::account::account::{self, Account, Kind};
use crate::account::password::still;
use crate::account::session::{self, SessionService, SessionTokens};
use crate::account::throttle::{Attempt, Throttle};
use crate::auth::Origin;
use crate::auth::password::Passwords;
use crate::db::Db;
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::text::Email;

/// Who wants to come in.
pub struct Credentials {
    pub kind: Kind,
    pub email: String,
    pub password: SecretString,
}

#[derive(Clone)]
pub struct SignInService {
    db: Db,
    passwords: Passwords,
    throttle: Throttle,
    sessions: SessionService,
}

impl SignInService {
    pub const fn new(db: Db, passwords: Passwords, sessions: SessionService, throttle: Throttle) -> Self {
        Self { throttle, db, passwords, sessions }
    }

    /// Starts a session for who knows the password. Failures make the next attempts for the account, and from the
    /// address, wait.
    pub async fn sign_in(&self, credentials: Credentials, origin: &Origin) -> Result<SessionTokens> {
        let Credentials { kind, email: given, password } = credentials;
        let email = Email::parse(&given);
        let key = email.as_ref().map_or(&given, |email| &email.key);
        let is_known = session::is_known(&self.db, kind, key, origin).await?;
        let attempt = Attempt::to_sign_in(kind, key, origin.address, is_known);
        // Asked first, so that nobody queues for nothing, and again when it is this one's turn.
        self.throttle.check(&attempt).await?;
        let turn = self.passwords.turn().await?;
        self.throttle.check(&attempt).await?;
        let account = match email {
            Some(email) => Account::by_email(self.db.reader(), kind, &email).await?,
            None => None,
        };
        let account = account.filter(|account| account.is_active);
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let (turn, fits) = self.passwords.verify(turn, password.clone(), hash.clone()).await?;
        let Some(account) = account.filter(|_| fits) else {
            self.throttle.fail(&attempt).await?;
            return Err(refused());
        };
        self.throttle.succeed(&attempt).await?;
        if !account.is_verified {
            return Err(unverified());
        }
        drop(turn);
        // So that after a change of the cost all passwords come to cost the same, and none tells that it is there.
        let renewed = match hash.filter(|hash| self.passwords.is_outdated(hash)) {
            Some(_) => Some(self.passwords.hash(password).await?),
            None => None,
        };
        let tx = self.db.begin().await?;
        still(&tx, account.clone(), "input").await?;
        if let Some(hash) = renewed {
            account::set_hash(&tx, account.id, hash).await?;
        }
        let tokens = self.sessions.start(&tx, account.id, origin).await?;
        tx.commit().await?;
        Ok(tokens)
    }
}

fn refused() -> Error {
    let message = "The e-mail address and password do not fit together.";
    UserError::new(UserErrorCode::InvalidCredentials, message).at("input").into()
}

/// Only who knows the password is told.
fn unverified() -> Error {
    let message = "The e-mail address is not verified yet; open the link in the mail, or ask for another mail.";
    UserError::new(UserErrorCode::NotVerified, message).at("input.email").into()
}
