//! Mails to accounts, sent by jobs: at least once, and the same each time.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::{DatabaseTransaction, EntityTrait};
use serde_json::{Value, json};

use crate::account::account::Account;
use crate::auth::AccountId;
use crate::auth::mail_token::MailTokens;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::db::Db;
use crate::entity::{account_token, channel};
use crate::error::{Error, Result};
use crate::id::{AccountTokenId, EventId};
use crate::job::{self, NewJob, Next, Task, Work};
use crate::mail::{Mail, MailName, Mailer, Recipient};

/// Has a mail sent for an event once its transaction has succeeded. Of one event there is one mail of a name.
pub async fn add(
    tx: &DatabaseTransaction,
    mail: MailName,
    to: AccountId,
    link: Option<AccountTokenId>,
    event: EventId,
) -> Result<()> {
    let payload = json!({ "account": to.to_string(), "link": link.map(|link| link.to_string()) });
    job::add(tx, NewJob { kind: mail.job(), payload, event: Some(event), delay: std::time::Duration::ZERO }).await
}

/// What sends all mails of one name.
pub struct Notice {
    pub name: MailName,
    pub db: Db,
    pub mailer: Mailer,
    pub tokens: Arc<MailTokens>,
    pub addresses: Addresses,
}

/// Where links lead if no channel says otherwise.
#[derive(Clone)]
pub struct Addresses {
    pub storefront: String,
    pub dashboard: String,
}

impl Addresses {
    pub fn of(config: &Config) -> Self {
        Self { storefront: config.storefront_url.clone(), dashboard: config.dashboard_url.clone() }
    }
}

impl Work for Notice {
    fn kind(&self) -> &'static str {
        self.name.job()
    }

    fn run<'a>(&'a self, task: &'a Task) -> Pin<Box<dyn Future<Output = Result<Next>> + Send + 'a>> {
        Box::pin(async move {
            if let Some(mail) = self.write(task).await? {
                self.mailer.send(mail).await?;
            }
            Ok(Next::Done)
        })
    }
}

impl Notice {
    /// The mail, unless it has become pointless: the account is gone, or its link is good for nothing any more.
    async fn write(&self, task: &Task) -> Result<Option<Mail>> {
        let account = read(&task.payload, "account")?.ok_or_else(|| Error::internal("a mail is for nobody"))?;
        let link: Option<AccountTokenId> = read(&task.payload, "link")?;
        let Some(account) = Account::find(self.db.reader(), account).await? else { return Ok(None) };
        let link = match link {
            Some(id) => account_token::Entity::find_by_id(id).one(self.db.reader()).await?,
            None => None,
        };
        let is_notice = self.name == MailName::EmailChanged;
        let now = Timestamp::now();
        if link.as_ref().is_some_and(|link| !is_notice && (link.used_at.is_some() || link.expires_at <= now)) {
            return Ok(None);
        }
        let channel = self.channel(link.as_ref().and_then(|link| link.channel_id).or(account.channel)).await?;
        let token = link.as_ref().filter(|_| !is_notice).map(|link| self.tokens.write(link.id)).transpose()?;
        // A change of the address is told to the other one of the two.
        let other = link.as_ref().and_then(|link| link.email.clone());
        let is_to_other = matches!(self.name, MailName::EmailChange | MailName::EmailChanged);
        let address = other.filter(|_| is_to_other).unwrap_or_else(|| account.email.clone());
        // Anybody can register anybody, under any name: nobody's words go out before the address is proved.
        let name =
            if account.is_verified || account.id.staff().is_some() { account.name.clone() } else { String::new() };
        let data = json!({
            "base_url": self.base_url(account.id, channel.as_ref()),
            "name": name,
            "email": if self.name == MailName::EmailChange { &address } else { &account.email },
            "token": token,
            "expires_in_hours": link.map(|link| link.created_at.until(link.expires_at).as_secs().div_ceil(3_600)),
        });
        Ok(Some(Mail {
            name: self.name,
            id: task.event.map_or_else(|| task.id.uuid(), EventId::uuid),
            to: Recipient { address, name: Some(name).filter(|name| !name.is_empty()) },
            language: account.language.or(channel.map(|row| row.default_language)).unwrap_or_else(|| "en".to_owned()),
            data,
            attachments: Vec::new(),
        }))
    }

    /// The channel of an id, or the default one.
    async fn channel(&self, id: Option<crate::id::ChannelId>) -> Result<Option<channel::Model>> {
        let db = self.db.reader();
        let named = match id {
            Some(id) => channel::Entity::find_by_id(id).one(db).await?,
            None => None,
        };
        match named {
            Some(row) => Ok(Some(row)),
            None => Ok(channel::Entity::find_default(db).await?),
        }
    }

    fn base_url(&self, account: AccountId, channel: Option<&channel::Model>) -> String {
        match account {
            AccountId::Staff(_) => self.addresses.dashboard.clone(),
            AccountId::Customer(_) => channel
                .and_then(|channel| channel.storefront_url.clone())
                .unwrap_or_else(|| self.addresses.storefront.clone()),
        }
    }
}

fn read<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    payload: &Value,
    field: &str,
) -> Result<Option<T>> {
    payload.get(field).and_then(Value::as_str).map(str::parse).transpose().map_err(Error::internal)
}
