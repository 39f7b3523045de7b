//! Links in mails: each is good for one thing, once, and until it expires.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

use crate::account::account::Account;
use crate::account::notice;
use crate::auth::mail_token::MailTokens;
use crate::auth::{AccountId, Actor};
use crate::clock::Timestamp;
use crate::config::LinkConfig;
use crate::db::{Db, all_set};
use crate::entity::account_token;
use crate::entity::token_purpose::TokenPurpose;
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, EventType};
use crate::id::{AccountTokenId, ChannelId};

#[derive(Clone)]
pub struct Links {
    tokens: Arc<MailTokens>,
    config: LinkConfig,
}

/// A link to be sent.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub purpose: TokenPurpose,
    /// Whose storefront it leads to; that where the customer registered if there is none.
    pub channel: Option<ChannelId>,
    /// The address that the account shall have, where it is about that.
    pub email: Option<String>,
}

impl NewLink {
    pub const fn to(purpose: TokenPurpose) -> Self {
        Self { purpose, channel: None, email: None }
    }
}

/// A link that was followed, and whom it is for.
pub struct Followed {
    pub account: Account,
    pub row: account_token::Model,
}

impl Links {
    pub const fn new(tokens: Arc<MailTokens>, config: LinkConfig) -> Self {
        Self { tokens, config }
    }

    pub fn tokens(&self) -> Arc<MailTokens> {
        Arc::clone(&self.tokens)
    }

    /// How long a link is good.
    const fn lifetime(&self, purpose: TokenPurpose) -> Duration {
        match purpose {
            TokenPurpose::PasswordReset => self.config.password_reset,
            TokenPurpose::Invitation => self.config.invitation,
            TokenPurpose::Verification | TokenPurpose::EmailChange | TokenPurpose::Erasure => self.config.others,
        }
    }

    /// Has a mail with a link sent to a locked account, whose earlier links for the same end. Nothing is sent unless the
    /// transaction succeeds.
    pub async fn send(&self, tx: &DatabaseTransaction, actor: &Actor, to: &Account, link: NewLink) -> Result<()> {
        end_all(tx, to.id, Some(link.purpose)).await?;
        let (id, now) = (AccountTokenId::generate(), Timestamp::now());
        let row = account_token::Model {
            id,
            purpose: link.purpose,
            staff_user_id: to.id.staff(),
            customer_id: to.id.customer(),
            channel_id: link.channel.or(to.channel),
            email: link.email,
            created_at: now,
            expires_at: now.after(self.lifetime(link.purpose)),
            used_at: None,
        };
        account_token::Entity::insert(all_set::<account_token::Entity, _>(row)).exec_without_returning(tx).await?;
        let (r#type, mail) = of(link.purpose);
        let event = event::record(tx, actor, r#type, to.aggregate(), json!({ "link": id.to_string() })).await?;
        notice::add(tx, mail, to.id, Some(id), event).await
    }

    /// Whom a link is for, before it is taken.
    pub async fn peek(&self, db: &Db, purpose: TokenPurpose, token: &str) -> Result<Account> {
        let id = self.tokens.read(token).ok_or_else(refused)?;
        let row = account_token::Entity::find_by_id(id).one(db.reader()).await?;
        let is_open = |row: &account_token::Model| {
            row.purpose == purpose && row.used_at.is_none() && row.expires_at > Timestamp::now()
        };
        let account = row.filter(is_open).and_then(|row| row.account()).ok_or_else(refused)?;
        Account::find(db.reader(), account).await?.ok_or_else(refused)
    }

    /// Takes a link that was followed: it is used up with the transaction, which has the account locked.
    pub async fn follow(&self, tx: &DatabaseTransaction, purpose: TokenPurpose, token: &str) -> Result<Followed> {
        let id = self.tokens.read(token).ok_or_else(refused)?;
        let row = account_token::Entity::find_by_id(id).one(tx).await?.ok_or_else(refused)?;
        let account = row.account().ok_or_else(|| Error::internal("a link is nobody's"))?;
        let account = Account::lock(tx, account).await?.ok_or_else(refused)?;
        // Read again under the account's lock: it may have been followed while this one waited.
        let row = account_token::Entity::find_by_id(id).one(tx).await?.ok_or_else(refused)?;
        let now = Timestamp::now();
        if row.purpose != purpose || row.used_at.is_some() || row.expires_at <= now {
            return Err(refused());
        }
        let used = account_token::ActiveModel { id: Set(id), used_at: Set(Some(now)), ..Default::default() };
        account_token::Entity::update(used).exec_without_returning(tx).await?;
        Ok(Followed { account, row })
    }
}

/// Ends the links of a locked account that were not followed, of one purpose or of all.
pub async fn end_all(tx: &DatabaseTransaction, account: AccountId, purpose: Option<TokenPurpose>) -> Result<()> {
    let mut change = account_token::Entity::update_many()
        .col_expr(account_token::Column::UsedAt, Expr::value(Timestamp::now()))
        .filter(account_token::COLUMN.used_at.is_null());
    change = match account {
        AccountId::Customer(id) => change.filter(account_token::COLUMN.customer_id.eq(id)),
        AccountId::Staff(id) => change.filter(account_token::COLUMN.staff_user_id.eq(id)),
    };
    if let Some(purpose) = purpose {
        change = change.filter(account_token::COLUMN.purpose.eq(purpose));
    }
    change.exec(tx).await?;
    Ok(())
}

/// Whether a locked account has a link of a purpose that could still be followed.
pub async fn is_open(tx: &DatabaseTransaction, account: AccountId, purpose: TokenPurpose) -> Result<bool> {
    let open = account_token::Entity::of(account)
        .filter(account_token::COLUMN.purpose.eq(purpose))
        .filter(account_token::COLUMN.used_at.is_null())
        .filter(account_token::Column::ExpiresAt.gt(Timestamp::now()));
    Ok(open.one(tx).await?.is_some())
}

/// What is recorded and sent for a purpose.
const fn of(purpose: TokenPurpose) -> (EventType, crate::mail::MailName) {
    use crate::mail::MailName;
    match purpose {
        TokenPurpose::Verification => (EventType::CustomerVerificationRequested, MailName::Verification),
        TokenPurpose::PasswordReset => (EventType::AccountPasswordResetRequested, MailName::PasswordReset),
        TokenPurpose::EmailChange => (EventType::AccountEmailChangeRequested, MailName::EmailChange),
        TokenPurpose::Invitation => (EventType::StaffUserInvited, MailName::Invitation),
        TokenPurpose::Erasure => (EventType::CustomerErasureRequested, MailName::Erasure),
    }
}

fn refused() -> Error {
    let message = "This link is not valid any more: it was used, has expired, or another one was sent since.";
    UserError::new(UserErrorCode::InvalidCredentials, message).at("input.token").into()
}
