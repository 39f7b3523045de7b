//! Removes carts whose time is over.

use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::cart;
use crate::error::Result;
use crate::job::{Chore, Work};

const EVERY: Duration = Duration::from_hours(1);
const BATCH: u64 = 500;

pub fn clean_up(db: Db) -> impl Work {
    let deed = move || {
        let db = db.clone();
        async move {
            while remove_some(&db, Timestamp::now()).await? == BATCH {}
            Ok(())
        }
    };
    Chore { kind: "cart.clean_up", number: 4, every: EVERY, deed }
}

async fn remove_some(db: &Db, now: Timestamp) -> Result<u64> {
    let tx = db.begin().await?;
    let over = cart::Entity::find()
        .select_only()
        .column(cart::Column::Id)
        .filter(cart::Column::ExpiresAt.lte(now))
        .filter(cart::COLUMN.completed_at.is_null())
        .limit(BATCH);
    // SQLite takes a limit in the sub-select of a removal only one level further down.
    let over = Query::select().column(cart::Column::Id).from_subquery(over.into_query(), "over").take();
    let removed = cart::Entity::delete_many().filter(cart::Column::Id.in_subquery(over)).exec(&tx).await?;
    tx.commit().await?;
    Ok(removed.rows_affected)
}
