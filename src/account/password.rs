//! How passwords are changed, and set anew by who has lost one.

use secrecy::SecretString;

use crate::account::account::{self, Account, Kind};
use crate::account::even::evenly;
use crate::account::input::{PasswordChangeInput, PasswordResetInput};
use crate::account::link::{self, Links, NewLink};
use crate::account::notice;
use crate::account::session;
use crate::account::throttle::{Attempt, Throttle};
use crate::auth::password::Passwords;
use crate::auth::{Actor, Origin};
use crate::db::Db;
use crate::entity::token_purpose::TokenPurpose;
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, EventType};
use crate::id::ChannelId;
use crate::mail::MailName;
use crate::text::Email;

#[derive(Clone)]
pub struct PasswordService {
    db: Db,
    passwords: Passwords,
    throttle: Throttle,
    links: Links,
}

/// Who wants a link to set a password.
pub struct ResetRequest {
    pub kind: Kind,
    pub email: String,
    /// Whose storefront the link leads to.
    pub channel: Option<ChannelId>,
}

impl PasswordService {
    pub const fn new(db: Db, passwords: Passwords, links: Links, throttle: Throttle) -> Self {
        Self { throttle, db, passwords, links }
    }

    /// Has a link sent to the address if it is that of an account; nobody is told whether it is.
    pub async fn request_reset(&self, request: ResetRequest, origin: &Origin) -> Result<()> {
        let email = parse_email(&request.email, "input.email")?;
        self.throttle.admit(&Attempt::to_have_mail_sent("reset", request.kind, &email.key, origin.address)).await?;
        evenly(async {
            let tx = self.db.begin().await?;
            let found = Account::by_email(&tx, request.kind, &email).await?;
            let found = match found {
                Some(found) => Account::lock(&tx, found.id).await?,
                None => None,
            };
            // Who is invited follows the invitation.
            let may = |account: &Account| account.is_active && (request.kind == Kind::Customer || account.is_verified);
            if let Some(account) = found.filter(may) {
                let link = NewLink { channel: request.channel, ..NewLink::to(TokenPurpose::PasswordReset) };
                self.links.send(&tx, &Actor::Anonymous, &account, link).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Sets the password of who followed the link, which ends all sessions. The link has proved the address, too.
    pub async fn reset(&self, input: PasswordResetInput) -> Result<()> {
        // Before a password is hashed for nothing.
        let account = self.links.peek(&self.db, TokenPurpose::PasswordReset, &input.token).await?;
        let known = [account.email.as_str(), account.name.as_str()];
        let hash = self.passwords.hash_new(SecretString::from(input.password), "input.password", &known).await?;
        let tx = self.db.begin().await?;
        let followed = self.links.follow(&tx, TokenPurpose::PasswordReset, &input.token).await?;
        let account = followed.account;
        account::set_password(&tx, account.id, hash).await?;
        if !account.is_verified {
            account::set_verified(&tx, account.id).await?;
        }
        link::end_all(&tx, account.id, None).await?;
        session::revoke_all_but(&tx, &Actor::Anonymous, account.id, None).await?;
        self.tell(&tx, &Actor::Anonymous, &account).await?;
        tx.commit().await?;
        // Whoever was kept waiting by somebody else's guesses has shown now that the account is theirs.
        self.forget_attempts(&account).await
    }

    /// Forgets how often signing in to the account has failed.
    pub async fn forget_attempts(&self, account: &Account) -> Result<()> {
        let key = account.email.to_lowercase();
        for is_known in [false, true] {
            self.throttle.succeed(&Attempt::to_sign_in(kind(account), &key, None, is_known)).await?;
        }
        Ok(())
    }

    /// Changes the actor's password, which ends all other sessions.
    pub async fn change(&self, actor: &Actor, input: PasswordChangeInput, origin: &Origin) -> Result<()> {
        let (account, session) = own(&self.db, actor).await?;
        self.prove(&account, SecretString::from(input.current_password), "input.currentPassword", origin).await?;
        let password = SecretString::from(input.new_password);
        let known = [account.email.as_str(), account.name.as_str()];
        let hash = self.passwords.hash_new(password, "input.newPassword", &known).await?;
        let tx = self.db.begin().await?;
        let account = still(&tx, account, "input.currentPassword").await?;
        account::set_password(&tx, account.id, hash).await?;
        link::end_all(&tx, account.id, None).await?;
        session::revoke_all_but(&tx, actor, account.id, Some(session)).await?;
        self.tell(&tx, actor, &account).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Fails unless the password is the account's; wrong ones make the next attempts wait, as when signing in. They are
    /// counted apart, or whoever fails to sign in could keep the person from changing the password.
    pub async fn prove(&self, account: &Account, password: SecretString, path: &str, origin: &Origin) -> Result<()> {
        let attempt = Attempt::to_prove(account.id, origin.address);
        self.throttle.check(&attempt).await?;
        let turn = self.passwords.turn().await?;
        self.throttle.check(&attempt).await?;
        let (_turn, fits) = self.passwords.verify(turn, password, account.password_hash.clone()).await?;
        if fits {
            return self.throttle.succeed(&attempt).await;
        }
        self.throttle.fail(&attempt).await?;
        Err(UserError::new(UserErrorCode::InvalidCredentials, "This is not the account's password.").at(path).into())
    }

    async fn tell(&self, tx: &sea_orm::DatabaseTransaction, actor: &Actor, account: &Account) -> Result<()> {
        let r#type = EventType::AccountPasswordChanged;
        let event = event::record(tx, actor, r#type, account.aggregate(), event::nothing()).await?;
        notice::add(tx, MailName::PasswordChanged, account.id, None, event).await
    }
}

/// The actor's own account, and the session by which it came in.
pub async fn own(db: &Db, actor: &Actor) -> Result<(Account, crate::id::SessionId)> {
    let (id, session) = actor.account().ok_or_else(nobody)?;
    let account = Account::find(db.reader(), id).await?.filter(|account| account.is_active).ok_or_else(gone)?;
    Ok((account, session))
}

/// The account, locked, if its password is still the one that was proved.
pub async fn still(tx: &sea_orm::DatabaseTransaction, proved: Account, path: &str) -> Result<Account> {
    let account = Account::lock(tx, proved.id).await?.filter(|account| account.is_active).ok_or_else(gone)?;
    still_same(&account, &proved, path)?;
    Ok(account)
}

/// Whether the password that was proved still is that of the account, which is locked by now.
pub fn still_same(account: &Account, proved: &Account, path: &str) -> Result<()> {
    if account.password_hash == proved.password_hash {
        return Ok(());
    }
    let message = "The password was changed at this very moment.";
    Err(UserError::new(UserErrorCode::InvalidCredentials, message).at(path).into())
}

/// An address that an input has.
pub fn parse_email(text: &str, path: &str) -> Result<Email> {
    let message = || format!("\"{}\" is not an e-mail address.", text.chars().take(100).collect::<String>());
    Email::parse(text).ok_or_else(|| UserError::invalid(path, message()).into())
}

const fn kind(account: &Account) -> Kind {
    match account.id {
        crate::auth::AccountId::Customer(_) => Kind::Customer,
        crate::auth::AccountId::Staff(_) => Kind::Staff,
    }
}

fn nobody() -> Error {
    Error::Forbidden("This is for customers and staff who have signed in, not for API tokens.".into())
}

fn gone() -> Error {
    Error::Unauthenticated("The account is not there any more.".into())
}
