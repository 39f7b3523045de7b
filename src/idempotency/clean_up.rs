//! Removes keys whose answers are kept no more.

use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::idempotency_key as row;
use crate::job::{Chore, Work};

const EVERY: Duration = Duration::from_hours(1);

pub fn clean_up(db: Db) -> impl Work {
    let deed = move || {
        let db = db.clone();
        async move {
            let tx = db.begin().await?;
            row::Entity::delete_many().filter(row::Column::ExpiresAt.lte(Timestamp::now())).exec(&tx).await?;
            tx.commit().await?;
            Ok(())
        }
    };
    Chore { kind: "idempotency.clean_up", number: 6, every: EVERY, deed }
}
