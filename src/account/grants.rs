//! What a staff user or an API token may do at this moment, each read by one statement.

use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
};

use crate::auth::{Actor, Permission, Rights, StaffActor, TokenActor};
use crate::clock::Timestamp;
use crate::entity::{
    api_token, api_token_channel, api_token_permission, role, role_channel, role_permission, session, staff_user,
    staff_user_role,
};
use crate::error::{Error, Result};
use crate::id::{ApiTokenId, ChannelId, SessionId, StaffUserId};

#[derive(FromQueryResult)]
struct RoleGrant {
    is_owner: Option<bool>,
    is_limited: Option<bool>,
    permission: Option<Permission>,
    channel_id: Option<ChannelId>,
}

/// The rights of a staff user, if the session lives and the account may come in.
pub async fn of_session(
    db: &impl ConnectionTrait,
    staff_user: StaffUserId,
    session: SessionId,
) -> Result<Option<Rights>> {
    let rows = session::Entity::find()
        .select_only()
        .column(role::Column::IsOwner)
        .column(role::Column::IsLimited)
        .column(role_permission::Column::Permission)
        .column(role_channel::Column::ChannelId)
        .join(JoinType::InnerJoin, session::Entity::to_staff_user())
        .join(JoinType::LeftJoin, staff_user::Entity::to_staff_user_role())
        .join(JoinType::LeftJoin, staff_user_role::Entity::to_role())
        .join(JoinType::LeftJoin, role::Entity::to_role_permission())
        .join(JoinType::LeftJoin, role::Entity::to_channel())
        .filter(session::COLUMN.id.eq(session))
        .filter(session::COLUMN.staff_user_id.eq(staff_user))
        .filter(session::is_live_at(Timestamp::now()))
        .filter(staff_user::COLUMN.is_active.eq(true))
        .into_model::<RoleGrant>()
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    if rows.iter().any(|row| row.is_owner == Some(true)) {
        return Ok(Some(Rights::all()));
    }
    let grant = |row: RoleGrant| match (row.is_limited?, row.channel_id) {
        (false, _) => Some((row.permission?, None)),
        (true, Some(channel)) => Some((row.permission?, Some(channel))),
        (true, None) => None,
    };
    Ok(Some(rows.into_iter().filter_map(grant).collect()))
}

/// What a request with an API token is known by.
pub struct KnownToken {
    pub id: ApiTokenId,
    pub rights: Rights,
    pub last_used_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct TokenGrant {
    id: ApiTokenId,
    is_limited: bool,
    last_used_at: Option<Timestamp>,
    permission: Option<Permission>,
    channel_id: Option<ChannelId>,
}

/// The API token of a hash, if it is still good.
pub async fn of_token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<KnownToken>> {
    token(db, api_token::COLUMN.hash.eq(hash)).await
}

/// The rights of this instant, for those who give rights to others: what was read when the request began may be over.
pub async fn present(tx: &DatabaseTransaction, actor: &Actor) -> Result<Actor> {
    let over = || Error::Unauthenticated("The session or API token has ended.".into());
    Ok(match actor {
        Actor::Staff(staff) => {
            let rights = of_session(tx, staff.id, staff.session).await?.ok_or_else(over)?;
            Actor::Staff(StaffActor { rights, ..staff.clone() })
        }
        Actor::Token(known) => {
            let rights = token(tx, api_token::COLUMN.id.eq(known.id)).await?.ok_or_else(over)?.rights;
            Actor::Token(TokenActor { rights, ..known.clone() })
        }
        other => other.clone(),
    })
}

async fn token(db: &impl ConnectionTrait, which: Expr) -> Result<Option<KnownToken>> {
    let now = Timestamp::now();
    let rows = api_token::Entity::find()
        .select_only()
        .column(api_token::Column::Id)
        .column(api_token::Column::IsLimited)
        .column(api_token::Column::LastUsedAt)
        .column(api_token_permission::Column::Permission)
        .column(api_token_channel::Column::ChannelId)
        .join(JoinType::LeftJoin, api_token::Entity::to_permission())
        .join(JoinType::LeftJoin, api_token::Entity::to_channel())
        .filter(which)
        .filter(api_token::COLUMN.revoked_at.is_null())
        .filter(Condition::any().add(api_token::Column::ExpiresAt.is_null()).add(api_token::Column::ExpiresAt.gt(now)))
        .into_model::<TokenGrant>()
        .all(db)
        .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (id, last_used_at) = (first.id, first.last_used_at);
    let grant = |row: &TokenGrant| match (row.is_limited, row.channel_id) {
        (false, _) => Some((row.permission?, None)),
        (true, Some(channel)) => Some((row.permission?, Some(channel))),
        (true, None) => None,
    };
    Ok(Some(KnownToken { id, rights: rows.iter().filter_map(grant).collect(), last_used_at }))
}
