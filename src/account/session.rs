//! Sessions: how they begin, go on, and end.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::account::account::{Account, Kind};
use crate::account::input::SessionRefreshInput;
use crate::auth::secret::{hash_secret, random_secret};
use crate::auth::token::{Subject, Tokens};
use crate::auth::{AccountId, Actor, CustomerActor, Origin, Rights, SignedToken, StaffActor};
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{customer, refresh_token, session, staff_user};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, EventType};
use crate::id::SessionId;

/// How long a refresh token that was used may come again: two tabs that wake at once.
const REUSE_WINDOW: Duration = Duration::from_secs(10);
/// The most sessions that are listed.
const MOST_LISTED: u64 = 100;

/// What keeps a client signed in.
pub struct SessionTokens {
    pub account: AccountId,
    pub session: SessionId,
    pub access: SignedToken,
    pub refresh: String,
    /// The instant at which the session ends unless it is refreshed before.
    pub expires_at: Timestamp,
}

#[derive(Clone)]
pub struct SessionService {
    db: Db,
    tokens: Arc<Tokens>,
    lifetime: Duration,
}

impl SessionService {
    pub const fn new(db: Db, tokens: Arc<Tokens>, lifetime: Duration) -> Self {
        Self { db, tokens, lifetime }
    }

    /// Starts a session in the transaction of its cause.
    pub async fn start(&self, tx: &DatabaseTransaction, account: AccountId, origin: &Origin) -> Result<SessionTokens> {
        let (id, now) = (SessionId::generate(), Timestamp::now());
        let row = session::Model {
            id,
            staff_user_id: account.staff(),
            customer_id: account.customer(),
            address: origin.address.map(|address| address.to_string()),
            user_agent: origin.user_agent.clone(),
            created_at: now,
            last_used_at: now,
            expires_at: now.after(self.lifetime),
            revoked_at: None,
        };
        session::Entity::insert(all_set::<session::Entity, _>(row)).exec_without_returning(tx).await?;
        let actor = actor_of(account, id, origin);
        event::record(tx, &actor, EventType::SessionStarted, Aggregate::Session(id), event::nothing()).await?;
        self.issue(tx, Subject { account, session: id }, now).await
    }

    /// Exchanges a refresh token for the next one and a new access token.
    pub async fn refresh(&self, input: SessionRefreshInput, origin: &Origin) -> Result<SessionTokens> {
        let hash = hash_secret(&input.refresh_token);
        let now = Timestamp::now();
        let tx = self.db.begin().await?;
        let Some((session, token)) = lock_session(&tx, &hash).await? else {
            return Err(refused_refresh());
        };
        let has_ended = session.revoked_at.is_some() || session.expires_at <= now;
        let account = session.account().ok_or_else(|| Error::internal("a session is nobody's"))?;
        if has_ended || !is_active(&tx, account).await? {
            return Err(refused_refresh());
        }
        match token.used_at {
            Some(used_at) if used_at.after(REUSE_WINDOW) < now => {
                // Somebody holds a copy of an old token: nobody goes on with this session.
                revoke(&tx, &Actor::System, &session).await?;
                tx.commit().await?;
                tracing::warn!(session.id = %session.id, "a refresh token was used again; its session is revoked");
                return Err(refused_refresh());
            }
            Some(_) => {}
            None => mark_used(&tx, &hash, now).await?,
        }
        let change = session::ActiveModel {
            id: Set(session.id),
            expires_at: Set(now.after(self.lifetime)),
            last_used_at: Set(now),
            address: Set(origin.address.map(|address| address.to_string())),
            user_agent: Set(origin.user_agent.clone()),
            ..Default::default()
        };
        session::Entity::update(change).exec_without_returning(&tx).await?;
        let tokens = self.issue(&tx, Subject { account, session: session.id }, now).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    /// The sessions of the actor that have not ended, the one used last first.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<session::Model>> {
        let Some((account, _)) = actor.account() else { return Ok(Vec::new()) };
        let live = session::Entity::of(account).filter(session::is_live_at(Timestamp::now()));
        let sorted = live.order_by_desc(session::Column::LastUsedAt).order_by_desc(session::Column::Id);
        Ok(sorted.limit(MOST_LISTED).all(self.db.reader()).await?)
    }

    /// Ends one of the actor's sessions at once, on every node: that of the access token if none is named.
    pub async fn revoke(&self, actor: &Actor, id: Option<SessionId>) -> Result<()> {
        let unknown = || UserError::not_found("id", "session");
        let (account, own) = actor.account().ok_or_else(unknown)?;
        let tx = self.db.begin().await?;
        let wanted = session::Entity::of(account).filter(session::COLUMN.id.eq(id.unwrap_or(own))).lock_exclusive();
        let row = wanted.one(&tx).await?.ok_or_else(unknown)?;
        revoke(&tx, actor, &row).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all of the actor's sessions at once, and tells how many there were.
    pub async fn revoke_all(&self, actor: &Actor) -> Result<u64> {
        let Some((account, _)) = actor.account() else { return Ok(0) };
        let tx = self.db.begin().await?;
        let ended = revoke_all_but(&tx, actor, account, None).await?;
        tx.commit().await?;
        Ok(ended)
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
            account: subject.account,
            session: subject.session,
            access: self.tokens.sign(subject, now)?,
            refresh,
            expires_at: now.after(self.lifetime),
        })
    }
}

/// Ends the sessions of an account but for one that may go on, as after a change of the password.
pub async fn revoke_all_but(
    tx: &DatabaseTransaction,
    actor: &Actor,
    account: AccountId,
    kept: Option<SessionId>,
) -> Result<u64> {
    let live = session::Entity::of(account).filter(session::is_live_at(Timestamp::now()));
    let rows = live.order_by_asc(session::Column::Id).lock_exclusive().all(tx).await?;
    let mut ended = 0;
    let changes: Vec<_> = rows
        .iter()
        .filter(|row| Some(row.id) != kept)
        .map(|row| (Aggregate::Session(row.id), EventType::SessionRevoked, event::nothing()))
        .collect();
    if !changes.is_empty() {
        let ids = rows.iter().map(|row| row.id).filter(|id| Some(*id) != kept);
        ended = end(tx, ids).await?;
        event::record_all(tx, actor, &changes).await?;
    }
    Ok(ended)
}

/// Whether the account of an address has signed in from the same network address in its present sessions.
pub async fn is_known(db: &Db, kind: Kind, email_key: &str, origin: &Origin) -> Result<bool> {
    let Some(address) = origin.address else { return Ok(false) };
    let live = session::Entity::find()
        .filter(session::COLUMN.address.eq(address.to_string()))
        .filter(session::is_live_at(Timestamp::now()));
    let of_account = match kind {
        Kind::Customer => live
            .join(JoinType::InnerJoin, session::Entity::to_customer())
            .filter(customer::Column::EmailKey.eq(email_key)),
        Kind::Staff => live
            .join(JoinType::InnerJoin, session::Entity::to_staff_user())
            .filter(staff_user::COLUMN.email_key.eq(email_key)),
    };
    Ok(of_account.limit(1).one(db.reader()).await?.is_some())
}

/// Who has signed in by a session that has just begun.
pub fn actor_of(account: AccountId, session: SessionId, origin: &Origin) -> Actor {
    match account {
        AccountId::Customer(id) => Actor::Customer(CustomerActor { id, session }),
        AccountId::Staff(id) => {
            Actor::Staff(StaffActor { id, session, rights: Rights::default(), address: origin.address })
        }
    }
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

async fn is_active(db: &impl ConnectionTrait, id: AccountId) -> Result<bool> {
    Ok(Account::find(db, id).await?.is_some_and(|account| account.is_active))
}

async fn mark_used(tx: &DatabaseTransaction, hash: &str, now: Timestamp) -> Result<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::COLUMN.hash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

async fn revoke(tx: &DatabaseTransaction, actor: &Actor, row: &session::Model) -> Result<()> {
    if end(tx, [row.id]).await? == 0 {
        // It has ended already; whoever ended it has recorded it.
        return Ok(());
    }
    event::record(tx, actor, EventType::SessionRevoked, Aggregate::Session(row.id), event::nothing()).await.map(drop)
}

async fn end(tx: &DatabaseTransaction, ids: impl IntoIterator<Item = SessionId>) -> Result<u64> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(Timestamp::now()))
        .filter(session::COLUMN.id.is_in(ids))
        .filter(session::COLUMN.revoked_at.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

fn refused_refresh() -> Error {
    let message = "The refresh token is not valid any more; sign in again.";
    UserError::new(UserErrorCode::InvalidCredentials, message).at("input.refreshToken").into()
}
