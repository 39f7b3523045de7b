//! How an account gets another e-mail address: the old one stays in force until the new one is proved.

use sea_orm::{ActiveValue::Set, EntityTrait};
use secrecy::SecretString;

use crate::account::account::{self, Account, Kind};
use crate::account::even::evenly;
use crate::account::input::EmailChangeRequestInput;
use crate::account::link::{self, Links, NewLink};
use crate::account::notice;
use crate::account::password::{PasswordService, own, parse_email, still};
use crate::account::throttle::{Attempt, Throttle};
use crate::auth::{AccountId, Actor, Origin};
use crate::db::Db;
use crate::entity::account_token;
use crate::entity::token_purpose::TokenPurpose;
use crate::error::{Error, Result, UserError};
use crate::event::{self, EventType};
use crate::mail::MailName;

#[derive(Clone)]
pub struct EmailService {
    db: Db,
    passwords: PasswordService,
    throttle: Throttle,
    links: Links,
}

impl EmailService {
    pub const fn new(db: Db, passwords: PasswordService, links: Links, throttle: Throttle) -> Self {
        Self { throttle, db, passwords, links }
    }

    /// Has a link sent to the new address. If that is another account's already, this one is told instead, and the actor
    /// learns nothing of it.
    pub async fn request_change(&self, actor: &Actor, input: EmailChangeRequestInput, origin: &Origin) -> Result<()> {
        let email = parse_email(&input.email, "input.email")?;
        let (account, _) = own(&self.db, actor).await?;
        if account.email == email.address {
            return Err(UserError::invalid("input.email", "The account has this e-mail address already.").into());
        }
        self.passwords.prove(&account, SecretString::from(input.password), "input.password", origin).await?;
        let kind = if account.id.staff().is_some() { Kind::Staff } else { Kind::Customer };
        self.throttle.admit(&Attempt::to_have_mail_sent("change", kind, &email.key, origin.address)).await?;
        evenly(async {
            let tx = self.db.begin().await?;
            match Account::by_email(&tx, kind, &email).await?.filter(|other| other.id != account.id) {
                Some(other) => {
                    let other = Account::lock(&tx, other.id).await?;
                    let other = other.ok_or_else(|| Error::internal("an account went away"))?;
                    let r#type = EventType::AccountEmailWanted;
                    let event = event::record(&tx, actor, r#type, other.aggregate(), event::nothing()).await?;
                    notice::add(&tx, MailName::AlreadyRegistered, other.id, None, event).await?;
                }
                None => {
                    let account = still(&tx, account, "input.password").await?;
                    let link = NewLink { email: Some(email.address), ..NewLink::to(TokenPurpose::EmailChange) };
                    self.links.send(&tx, actor, &account, link).await?;
                }
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Gives the account the address to which the link was sent, and tells the old one.
    pub async fn change(&self, token: &str) -> Result<AccountId> {
        let tx = self.db.begin().await?;
        let followed = self.links.follow(&tx, TokenPurpose::EmailChange, token).await?;
        let (account, link) = (followed.account, followed.row);
        let email = link.email.ok_or_else(|| Error::internal("a change of an address has none"))?;
        account::set_email(&tx, account.id, &parse_email(&email, "input.token")?, "input.token").await?;
        link::end_all(&tx, account.id, None).await?;
        // The mail to the old address finds it where the new one was.
        let old = account_token::ActiveModel {
            id: Set(link.id),
            email: Set(Some(account.email.clone())),
            ..Default::default()
        };
        account_token::Entity::update(old).exec_without_returning(&tx).await?;
        let (r#type, aggregate) = (EventType::AccountEmailChanged, account.aggregate());
        let event = event::record(&tx, &Actor::Anonymous, r#type, aggregate, event::nothing()).await?;
        notice::add(&tx, MailName::EmailChanged, account.id, Some(link.id), event).await?;
        tx.commit().await?;
        Ok(account.id)
    }
}
