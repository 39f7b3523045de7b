//! Removes registrations that nobody has followed up: they hold addresses, which may be those of others.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{customer, event as event_row};
use crate::error::Result;
use crate::event::{self, Aggregate, EventType};
use crate::id::CustomerId;
use crate::job::{Chore, Work};

/// How long somebody has to prove an address; the last registration counts.
const KEPT: Duration = Duration::from_hours(30 * 24);
const EVERY: Duration = Duration::from_hours(6);
const BATCH: u64 = 500;

pub fn clean_up(db: Db) -> impl Work {
    let deed = move || {
        let db = db.clone();
        async move {
            while remove_some(&db, Timestamp::now().before(KEPT)).await? > 0 {}
            Ok(())
        }
    };
    Chore { kind: "customer.clean_up", number: 3, every: EVERY, deed }
}

/// Those whom staff have entered stay.
async fn remove_some(db: &Db, before: Timestamp) -> Result<usize> {
    let tx = db.begin().await?;
    let entered = Query::select()
        .expr(Expr::value(1))
        .from(event_row::Entity)
        .and_where(event_row::COLUMN.aggregate_type.eq(CustomerId::PREFIX))
        .and_where(
            Expr::col((event_row::Entity, event_row::Column::AggregateId))
                .equals((customer::Entity, customer::Column::Id)),
        )
        .and_where(event_row::COLUMN.r#type.eq(EventType::CustomerCreated.as_str()))
        .take();
    let ids: Vec<CustomerId> = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(customer::COLUMN.verified_at.is_null())
        .filter(customer::COLUMN.erased_at.is_null())
        .filter(customer::COLUMN.is_active.eq(true))
        .filter(customer::Column::PasswordHash.is_not_null())
        .filter(customer::Column::UpdatedAt.lt(before))
        .filter(Expr::exists(entered).not())
        .limit(BATCH)
        .lock_exclusive()
        .into_tuple()
        .all(&tx)
        .await?;
    if !ids.is_empty() {
        customer::Entity::delete_many().filter(customer::COLUMN.id.is_in(ids.iter().copied())).exec(&tx).await?;
        let changes: Vec<_> =
            ids.iter().map(|id| (Aggregate::Customer(*id), EventType::CustomerExpired, event::nothing())).collect();
        event::record_all(&tx, &Actor::System, &changes).await?;
    }
    tx.commit().await?;
    Ok(ids.len())
}
