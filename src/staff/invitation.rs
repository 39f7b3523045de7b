//! How people come to run the shop: somebody who does invites them, and they choose a password by the link of a mail.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use secrecy::SecretString;
use serde::Serialize;

use crate::account::account::{self, Account};
use crate::account::grants;
use crate::account::link::{Links, NewLink};
use crate::account::session::{self, SessionService, SessionTokens};
use crate::auth::password::Passwords;
use crate::auth::{AccountId, Actor, Origin};
use crate::checks::Checks;
use crate::db::Db;
use crate::entity::staff_user;
use crate::entity::token_purpose::TokenPurpose;
use crate::error::{Error, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::StaffUserId;
use crate::staff::account::{NewAccount, insert_account};
use crate::staff::delegation::{self, Delegate};
use crate::staff::input::{StaffInvitationAcceptInput, StaffUserInviteInput};
use crate::staff::role::Roles;
use crate::staff::spec::{self, StaffUserSpec};
use crate::staff::update::give_roles;
use crate::text::{Email, fold};

#[derive(Clone)]
pub struct InvitationService {
    db: Db,
    passwords: Passwords,
    links: Links,
    sessions: SessionService,
}

/// What of an account changes with accepting.
#[derive(Serialize)]
struct Joining {
    name: String,
}

impl InvitationService {
    pub const fn new(db: Db, passwords: Passwords, links: Links, sessions: SessionService) -> Self {
        Self { db, passwords, links, sessions }
    }

    /// Makes an account that nobody can sign in to yet, and has the link sent.
    pub async fn invite(&self, actor: &Actor, input: StaffUserInviteInput) -> Result<StaffUserId> {
        let tx = self.db.begin().await?;
        let all = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let mut checks = Checks::new("input");
        let email = email(&mut checks, &input.email);
        let wanted = StaffUserSpec {
            name: checks.name("name", &input.name, "A name"),
            is_active: true,
            roles: spec::roles(&mut checks, &input.roles, &all),
            language: input.language.map(|language| language.0),
        };
        checks.finish()?;
        let email = email.ok_or_else(|| Error::internal("an e-mail address was neither parsed nor refused"))?;
        let delegate = Delegate::find(&tx, actor, &all).await?;
        spec::check_given(&delegate, &input.roles, &all)?;
        let account = NewAccount {
            email,
            name: wanted.name.clone(),
            password_hash: String::new(),
            language: wanted.language.clone(),
        };
        let id = insert_account(&tx, account, "input.email").await?;
        give_roles(&tx, id, &wanted.roles).await?;
        let details = Details::of_creation(event::nothing(), &wanted)?;
        event::record(&tx, actor, EventType::StaffUserCreated, Aggregate::StaffUser(id), details).await?;
        self.send(&tx, actor, id).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Has another link sent in the place of the one before.
    pub async fn resend(&self, actor: &Actor, id: StaffUserId) -> Result<()> {
        let tx = self.db.begin().await?;
        let all = Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let account = Account::lock(&tx, AccountId::Staff(id)).await?;
        let account = account.ok_or_else(|| UserError::not_found("id", "staff user"))?;
        if account.is_verified || !account.is_active {
            let message = "Only who was invited, has not accepted, and is not deactivated can be invited again.";
            return Err(UserError::invalid("id", message).into());
        }
        let delegate = Delegate::find(&tx, actor, &all).await?;
        spec::check_held(&delegate, &delegation::held_by(&tx, id).await?, &all)?;
        self.send(&tx, actor, id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Sets the password of who followed the link, and signs the person in.
    pub async fn accept(&self, input: StaffInvitationAcceptInput, origin: &Origin) -> Result<SessionTokens> {
        let invited = self.links.peek(&self.db, TokenPurpose::Invitation, &input.token).await?;
        let mut checks = Checks::new("input");
        let name = input.name.map(|name| checks.name("name", &name, "A name"));
        checks.finish()?;
        let name = name.unwrap_or(invited.name);
        let known = [invited.email.as_str(), name.as_str()];
        let hash = self.passwords.hash_new(SecretString::from(input.password), "input.password", &known).await?;
        let tx = self.db.begin().await?;
        let account = self.links.follow(&tx, TokenPurpose::Invitation, &input.token).await?.account;
        account::set_password(&tx, account.id, hash).await?;
        let id = account.id.staff().ok_or_else(|| Error::internal("somebody else was invited"))?;
        rename(&tx, id, &name).await?;
        let tokens = self.sessions.start(&tx, account.id, origin).await?;
        let actor = session::actor_of(account.id, tokens.session, origin);
        let details = Details::of_change(event::nothing(), &Joining { name: account.name }, &Joining { name })?;
        event::record(&tx, &actor, EventType::StaffUserJoined, Aggregate::StaffUser(id), details).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    async fn send(&self, tx: &DatabaseTransaction, actor: &Actor, id: StaffUserId) -> Result<()> {
        let account = Account::lock(tx, AccountId::Staff(id)).await?;
        let account = account.ok_or_else(|| Error::internal("an account went away"))?;
        self.links.send(tx, actor, &account, NewLink::to(TokenPurpose::Invitation)).await
    }
}

fn email(checks: &mut Checks, text: &str) -> Option<Email> {
    let email = Email::parse(text);
    if email.is_none() {
        let text: String = text.chars().take(100).collect();
        checks.push(UserError::invalid(checks.path("email"), format!("\"{text}\" is not an e-mail address.")));
    }
    email
}

async fn rename(tx: &DatabaseTransaction, id: StaffUserId, name: &str) -> Result<()> {
    let row = staff_user::ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        name_key: Set(fold(name)),
        ..Default::default()
    };
    staff_user::Entity::update(row).exec_without_returning(tx).await?;
    Ok(())
}
