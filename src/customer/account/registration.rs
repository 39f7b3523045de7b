//! How people become customers: they register, and prove that the e-mail address is theirs.
//!
//! Whoever registers is told the same, in like time, whether or not there is an account of the address. The person with
//! the address is told by mail. While the link of a registration is good, another one with the same address changes
//! nothing and has the link sent anew: otherwise somebody could slip a password of theirs under a link that the person
//! with the address is about to follow. Who finds that an own password does not work sets a new one by mail.

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};
use secrecy::SecretString;
use serde_json::json;

use crate::account::account::{self, Account, Kind};
use crate::account::even::evenly;
use crate::account::link::{self, Links, NewLink};
use crate::account::notice;
use crate::account::password::{PasswordService, parse_email, still_same};
use crate::account::session::{SessionService, SessionTokens};
use crate::account::throttle::{Attempt, Throttle};
use crate::auth::password::Passwords;
use crate::auth::{AccountId, Actor, Origin};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::customer::input::{CustomerRegisterInput, CustomerVerifyInput};
use crate::customer::row;
use crate::customer::spec::Profile;
use crate::db::{Db, all_set};
use crate::entity::customer;
use crate::entity::token_purpose::TokenPurpose;
use crate::error::{Error, OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, EventType};
use crate::id::{ChannelId, CustomerId};
use crate::mail::MailName;
use crate::text::Email;

#[derive(Clone)]
pub struct RegistrationService {
    db: Db,
    passwords: Passwords,
    throttle: Throttle,
    links: Links,
    proofs: PasswordService,
    sessions: SessionService,
}

/// What somebody who registers says, checked.
struct Registration {
    email: Email,
    profile: Profile,
    password_hash: String,
    channel: ChannelId,
}

impl RegistrationService {
    pub fn new(
        db: Db,
        passwords: Passwords,
        links: Links,
        (proofs, sessions): (PasswordService, SessionService),
        throttle: Throttle,
    ) -> Self {
        Self { throttle, db, passwords, links, proofs, sessions }
    }

    /// Makes an account, and has a link sent that proves its address. If there is one already, its owner is told instead.
    pub async fn register(&self, mut input: CustomerRegisterInput, channel: ChannelId, origin: &Origin) -> Result<()> {
        let mut checks = Checks::new("input");
        let profile = Profile::of_registration(&mut checks, &mut input);
        let email = Email::parse(&input.email);
        if email.is_none() {
            let message =
                format!("\"{}\" is not an e-mail address.", input.email.chars().take(100).collect::<String>());
            checks.push(UserError::invalid("input.email", message));
        }
        checks.finish()?;
        let email = email.ok_or_else(|| Error::internal("an e-mail address was neither parsed nor refused"))?;
        let known = [email.address.as_str(), &profile.first_name, &profile.last_name];
        let attempt = Attempt::to_have_mail_sent("registration", Kind::Customer, &email.key, origin.address);
        // Asked first, so that no password is hashed for nothing.
        self.throttle.check(&attempt).await?;
        let password = SecretString::from(input.password);
        let password_hash = self.passwords.hash_new(password, "input.password", &known).await?;
        self.throttle.admit(&attempt).await?;
        let registration = Registration { email, profile, password_hash, channel };
        evenly(async {
            match self.write(&registration).await {
                // Somebody registered with the same address at the same instant, and was first.
                Err(Error::User(errors)) if errors.iter().any(|error| error.code == UserErrorCode::Taken) => {
                    self.write(&registration).await
                }
                done => done,
            }
        })
        .await
    }

    async fn write(&self, registration: &Registration) -> Result<()> {
        let tx = self.db.begin().await?;
        match Account::by_email(&tx, Kind::Customer, &registration.email).await? {
            Some(account) => self.write_again(&tx, registration, account.id).await?,
            None => self.write_first(&tx, registration).await?,
        }
        tx.commit().await?;
        Ok(())
    }

    async fn write_first(&self, tx: &DatabaseTransaction, registration: &Registration) -> Result<()> {
        let mut row = row::new(CustomerId::generate(), &registration.email);
        self.fill(&mut row, registration);
        let id = row.id;
        customer::Entity::insert(all_set::<customer::Entity, _>(row))
            .exec_without_returning(tx)
            .await
            .on_unique("customer_email_key", || {
                UserError::taken("input.email", "It was registered this very moment.")
            })?;
        self.finish(tx, AccountId::Customer(id)).await
    }

    async fn write_again(&self, tx: &DatabaseTransaction, registration: &Registration, id: AccountId) -> Result<()> {
        let Some(account) = Account::lock(tx, id).await? else { return Ok(()) };
        if account.is_verified || !account.is_active {
            let r#type = EventType::AccountEmailWanted;
            let event = event::record(tx, &Actor::Anonymous, r#type, account.aggregate(), event::nothing()).await?;
            return notice::add(tx, MailName::AlreadyRegistered, id, None, event).await;
        }
        if account.password_hash.is_some() && link::is_open(tx, id, TokenPurpose::Verification).await? {
            return self.links.send(tx, &Actor::Anonymous, &account, NewLink::to(TokenPurpose::Verification)).await;
        }
        let AccountId::Customer(customer_id) = id else { return Ok(()) };
        let Some(mut row) = customer::Entity::find_by_id(customer_id).lock_exclusive().one(tx).await? else {
            return Ok(());
        };
        self.complete(&mut row, registration);
        row.version += 1;
        customer::Entity::update(all_set::<customer::Entity, _>(row)).exec_without_returning(tx).await?;
        self.finish(tx, id).await
    }

    fn fill(&self, row: &mut customer::Model, registration: &Registration) {
        let now = Timestamp::now();
        registration.profile.clone().write(row, now);
        row.password_hash = Some(registration.password_hash.clone());
        row.channel_id = Some(registration.channel);
        row.updated_at = now;
    }

    /// Who registers an address has not proved it: what others have said of the person stays.
    fn complete(&self, row: &mut customer::Model, registration: &Registration) {
        let now = Timestamp::now();
        let (standing, given) = (Profile::of(row), registration.profile.clone());
        let or = |text: String, other: String| if text.is_empty() { other } else { text };
        let profile = Profile {
            first_name: or(standing.first_name, given.first_name),
            last_name: or(standing.last_name, given.last_name),
            phone: standing.phone.or(given.phone),
            language: standing.language.or(given.language),
            accepts_marketing: standing.accepts_marketing,
        };
        profile.write(row, now);
        row.email = Some(registration.email.address.clone());
        row.password_hash = Some(registration.password_hash.clone());
        row.channel_id = row.channel_id.or(Some(registration.channel));
        row.updated_at = now;
    }

    async fn finish(&self, tx: &DatabaseTransaction, id: AccountId) -> Result<()> {
        let account = Account::lock(tx, id).await?.ok_or_else(|| Error::internal("an account went away"))?;
        let payload = json!({ "channel": account.channel.map(|channel| channel.to_string()) });
        let r#type = EventType::CustomerRegistered;
        event::record(tx, &Actor::Anonymous, r#type, account.aggregate(), payload).await?;
        self.links.send(tx, &Actor::Anonymous, &account, NewLink::to(TokenPurpose::Verification)).await
    }

    /// Has another link sent to who registered and has not proved the address; nobody is told whether there is such an
    /// account.
    pub async fn request_verification(&self, email: &str, origin: &Origin) -> Result<()> {
        let email = parse_email(email, "input.email")?;
        self.throttle
            .admit(&Attempt::to_have_mail_sent("verification", Kind::Customer, &email.key, origin.address))
            .await?;
        evenly(async {
            let tx = self.db.begin().await?;
            let found = match Account::by_email(&tx, Kind::Customer, &email).await? {
                Some(found) => Account::lock(&tx, found.id).await?,
                None => None,
            };
            let waits =
                |account: &Account| account.is_active && !account.is_verified && account.password_hash.is_some();
            if let Some(account) = found.filter(waits) {
                self.links.send(&tx, &Actor::Anonymous, &account, NewLink::to(TokenPurpose::Verification)).await?;
            }
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Takes the address for proved, by the link that was sent there and the password that was chosen, and signs the
    /// customer in. The password has to fit: otherwise whoever registers somebody else's address first would have a
    /// password of theirs on the account once its owner follows a link.
    pub async fn verify(&self, input: CustomerVerifyInput, origin: &Origin) -> Result<SessionTokens> {
        let registered = self.links.peek(&self.db, TokenPurpose::Verification, &input.token).await?;
        let password = SecretString::from(input.password);
        self.proofs.prove(&registered, password, "input.password", origin).await?;
        let tx = self.db.begin().await?;
        let account = self.links.follow(&tx, TokenPurpose::Verification, &input.token).await?.account;
        still_same(&account, &registered, "input.password")?;
        account::set_verified(&tx, account.id).await?;
        let (r#type, aggregate): (_, Aggregate) = (EventType::CustomerVerified, account.aggregate());
        let event = event::record(&tx, &Actor::Anonymous, r#type, aggregate, event::nothing()).await?;
        notice::add(&tx, MailName::Welcome, account.id, None, event).await?;
        let tokens = self.sessions.start(&tx, account.id, origin).await?;
        tx.commit().await?;
        Ok(tokens)
    }
}
