//! Sign-in, refresh and revocation, and what a session may do right now.

use std::net::IpAddr;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter};
use sea_orm::{JoinType, QuerySelect};
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::auth::password::Passwords;
use crate::auth::secret::{hash_secret, random_secret};
use crate::auth::token::{Subject, Tokens};
use crate::auth::{Actor, Permission, SignedToken, StaffActor};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{refresh_token, role, role_permission, session, staff_user, staff_user_role};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, EventType};
use crate::id::{SessionId, StaffUserId};
use crate::staff::input::{SessionRefreshInput, StaffSignInInput};
use crate::staff::throttle::{Attempt, Throttle};
use crate::text::Email;

/// How long a refresh token that was used may come again: two tabs that wake at once.
const REUSE_WINDOW: Duration = Duration::from_secs(10);

/// What keeps a client signed in.
pub struct SessionTokens {
    pub staff_user: StaffUserId,
    pub access: SignedToken,
    pub refresh: String,
    /// The instant at which the session ends unless it is refreshed before.
    pub expires_at: Timestamp,
}

#[derive(Clone)]
pub struct SessionService {
    db: Db,
    passwords: Passwords,
    tokens: Arc<Tokens>,
    throttle: Throttle,
    lifetime: Duration,
}

impl SessionService {
    pub fn new(db: Db, passwords: Passwords, tokens: Arc<Tokens>, lifetime: Duration) -> Self {
        Self { throttle: Throttle::new(db.clone()), db, passwords, tokens, lifetime }
    }

    /// Starts a session for who knows the password. Failures make the next attempts for the account, and from the
    /// address, wait.
    pub async fn sign_in(&self, input: StaffSignInInput, address: Option<IpAddr>) -> Result<SessionTokens> {
        let email = Email::parse(&input.email);
        let attempt = Attempt::new(email.as_ref().map_or(&input.email, |email| &email.key), address);
        // Asked first, so that nobody queues for nothing, and again when it is this one's turn.
        self.throttle.check(&attempt).await?;
        let turn = self.passwords.turn().await?;
        self.throttle.check(&attempt).await?;
        let account = match email {
            Some(email) => self.find_active(&email).await?,
            None => None,
        };
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let (_turn, fits) = self.passwords.verify(turn, SecretString::from(input.password), hash).await?;
        let Some(account) = account.filter(|_| fits) else {
            self.throttle.fail(&attempt).await?;
            return Err(invalid_credentials("The e-mail address and password do not fit together.", "input"));
        };
        self.throttle.succeed(&attempt).await?;
        self.start(account.id).await
    }

    /// Exchanges a refresh token for the next one and a new access token.
    pub async fn refresh(&self, input: SessionRefreshInput) -> Result<SessionTokens> {
        let hash = hash_secret(&input.refresh_token);
        let now = Timestamp::now();
        let tx = self.db.begin().await?;
        let Some((session, token)) = lock_session(&tx, &hash).await? else {
            return Err(refused_refresh());
        };
        let has_ended = session.revoked_at.is_some() || session.expires_at <= now;
        if has_ended || !is_active(&tx, session.staff_user_id).await? {
            return Err(refused_refresh());
        }
        match token.used_at {
            Some(used_at) if used_at.after(REUSE_WINDOW) < now => {
                // Somebody holds a copy of an old token: nobody goes on with this session.
                revoke(&tx, &Actor::System, session.id, now).await?;
                tx.commit().await?;
                tracing::warn!(session.id = %session.id, "a refresh token was used again; its session is revoked");
                return Err(refused_refresh());
            }
            Some(_) => {}
            None => mark_used(&tx, &hash, now).await?,
        }
        let expires_at = now.after(self.lifetime);
        session::Entity::update_many()
            .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
            .filter(session::COLUMN.id.eq(session.id))
            .exec(&tx)
            .await?;
        let subject = Subject { staff_user: session.staff_user_id, session: session.id };
        let tokens = self.issue(&tx, subject, now).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    /// Ends the actor's session at once, on every node.
    pub async fn revoke(&self, actor: &Actor) -> Result<()> {
        let Some(staff) = actor.staff() else {
            return Ok(());
        };
        let tx = self.db.begin().await?;
        revoke(&tx, actor, staff.session, Timestamp::now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The actor behind an access token, with the rights of this instant, in one statement.
    pub async fn authenticate(&self, token: &str) -> Result<Actor> {
        let Subject { staff_user, session } = self.tokens.verify(token)?;
        let grants = self.grants(staff_user, session).await?;
        if grants.is_empty() {
            return Err(Error::Unauthenticated("The session has ended; sign in again.".into()));
        }
        let permissions = if grants.iter().any(|grant| grant.is_owner == Some(true)) {
            Permission::ALL.into()
        } else {
            grants.iter().filter_map(|grant| grant.permission).collect::<BTreeSet<_>>()
        };
        Ok(Actor::Staff(StaffActor { id: staff_user, session, permissions }))
    }

    /// A row for each permission of a live session's account, at least one where the session lives.
    async fn grants(&self, staff_user: StaffUserId, session: SessionId) -> Result<Vec<Grant>> {
        Ok(session::Entity::find()
            .select_only()
            .column(role::Column::IsOwner)
            .column(role_permission::Column::Permission)
            .join(JoinType::InnerJoin, session::Entity::to_staff_user())
            .join(JoinType::LeftJoin, staff_user::Entity::to_staff_user_role())
            .join(JoinType::LeftJoin, staff_user_role::Entity::to_role())
            .join(JoinType::LeftJoin, role::Entity::to_role_permission())
            .filter(session::COLUMN.id.eq(session))
            .filter(session::COLUMN.staff_user_id.eq(staff_user))
            .filter(session::COLUMN.revoked_at.is_null())
            .filter(session::Column::ExpiresAt.gt(Timestamp::now()))
            .filter(staff_user::COLUMN.is_active.eq(true))
            .into_model::<Grant>()
            .all(self.db.reader())
            .await?)
    }

    async fn find_active(&self, email: &Email) -> Result<Option<staff_user::Model>> {
        Ok(staff_user::Entity::find()
            .filter(staff_user::COLUMN.email_key.eq(&email.key))
            .filter(staff_user::COLUMN.is_active.eq(true))
            .one(self.db.reader())
            .await?)
    }

    async fn start(&self, staff_user: StaffUserId) -> Result<SessionTokens> {
        let (id, now) = (SessionId::generate(), Timestamp::now());
        let tx = self.db.begin().await?;
        let row = session::ActiveModel {
            id: Set(id),
            staff_user_id: Set(staff_user),
            created_at: Set(now),
            expires_at: Set(now.after(self.lifetime)),
            revoked_at: Set(None),
        };
        session::Entity::insert(row).exec_without_returning(&tx).await?;
        let actor = Actor::Staff(StaffActor { id: staff_user, session: id, permissions: BTreeSet::new() });
        event::record(&tx, &actor, EventType::SessionStarted, Aggregate::Session(id), event::nothing()).await?;
        let tokens = self.issue(&tx, Subject { staff_user, session: id }, now).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    async fn issue(&self, tx: &DatabaseTransaction, subject: Subject, now: Timestamp) -> Result<SessionTokens> {
        let refresh = random_secret();
        let row = refresh_token::ActiveModel {
            hash: Set(hash_secret(&refresh)),
            session_id: Set(subject.session),
            created_at: Set(now),
            used_at: Set(None),
        };
        refresh_token::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(SessionTokens {
            staff_user: subject.staff_user,
            access: self.tokens.sign(subject, now)?,
            refresh,
            expires_at: now.after(self.lifetime),
        })
    }
}

#[derive(FromQueryResult)]
struct Grant {
    is_owner: Option<bool>,
    permission: Option<Permission>,
}

/// The session and token of a hash; the session stays locked, so that two refreshes take turns.
async fn lock_session(tx: &DatabaseTransaction, hash: &str) -> Result<Option<(session::Model, refresh_token::Model)>> {
    let Some(token) = refresh_token::Entity::find_by_id(hash.to_owned()).one(tx).await? else {
        return Ok(None);
    };
    let session = session::Entity::find_by_id(token.session_id).lock_exclusive().one(tx).await?;
    // Read again under the lock: the token may have been used while this one waited.
    let token = refresh_token::Entity::find_by_id(hash.to_owned()).one(tx).await?;
    Ok(session.zip(token))
}

async fn is_active(tx: &DatabaseTransaction, id: StaffUserId) -> Result<bool> {
    Ok(staff_user::Entity::find_by_id(id).one(tx).await?.is_some_and(|account| account.is_active))
}

async fn mark_used(tx: &DatabaseTransaction, hash: &str, now: Timestamp) -> Result<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::COLUMN.hash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

async fn revoke(tx: &DatabaseTransaction, actor: &Actor, id: SessionId, now: Timestamp) -> Result<()> {
    let revoked = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(session::COLUMN.id.eq(id))
        .filter(session::COLUMN.revoked_at.is_null())
        .exec(tx)
        .await?;
    if revoked.rows_affected == 0 {
        // Two requests at once: the other one was first and has recorded it.
        return Ok(());
    }
    event::record(tx, actor, EventType::SessionRevoked, Aggregate::Session(id), event::nothing()).await
}

fn refused_refresh() -> Error {
    invalid_credentials("The refresh token is not valid any more; sign in again.", "input.refreshToken")
}

fn invalid_credentials(message: &str, path: &str) -> Error {
    UserError::new(UserErrorCode::InvalidCredentials, message).at(path).into()
}
