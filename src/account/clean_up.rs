//! Removes sessions that ended long ago, with their refresh tokens, links that have, and failures to sign in that count no
//! more.

use std::time::Duration;

use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::account::throttle;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{account_token, refresh_token, session};
use crate::error::Result;
use crate::job::{Chore, Work};

/// How long it can be seen that a session was there.
const KEPT: Duration = Duration::from_hours(30 * 24);
const EVERY: Duration = Duration::from_hours(6);
const BATCH: u64 = 1_000;

pub fn clean_up(db: Db) -> impl Work {
    let deed = move || {
        let db = db.clone();
        async move {
            throttle::clean_up(&db).await?;
            let before = Timestamp::now().before(KEPT);
            remove_links(&db, before).await?;
            remove_used(&db, before).await?;
            while remove_some(&db, before).await? == BATCH {}
            Ok(())
        }
    };
    Chore { kind: "session.clean_up", number: 2, every: EVERY, deed }
}

/// What they say of addresses goes with them.
async fn remove_links(db: &Db, before: Timestamp) -> Result<()> {
    let tx = db.begin().await?;
    account_token::Entity::delete_many().filter(account_token::Column::ExpiresAt.lt(before)).exec(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Refresh tokens that were used long ago are as good as unknown.
async fn remove_used(db: &Db, before: Timestamp) -> Result<()> {
    let tx = db.begin().await?;
    refresh_token::Entity::delete_many().filter(refresh_token::Column::UsedAt.lt(before)).exec(&tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn remove_some(db: &Db, before: Timestamp) -> Result<u64> {
    let tx = db.begin().await?;
    let has_ended =
        Condition::any().add(session::Column::ExpiresAt.lt(before)).add(session::Column::RevokedAt.lt(before));
    let old = session::Entity::find().select_only().column(session::Column::Id).filter(has_ended).limit(BATCH);
    // SQLite takes a limit in the sub-select of a removal only one level further down.
    let old = Query::select().column(session::Column::Id).from_subquery(old.into_query(), "old").take();
    let removed = session::Entity::delete_many().filter(session::Column::Id.in_subquery(old)).exec(&tx).await?;
    tx.commit().await?;
    Ok(removed.rows_affected)
}
