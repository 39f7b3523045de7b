//! Counts what is there of many variants at once.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Actor;
use crate::catalog::listing;
use crate::entity::stock_movement::StockMovementKind;
use crate::entity::{product_variant, stock_level, stock_movement};
use crate::error::Result;
use crate::event::{self, Aggregate, EventType};
use crate::id::{ProductId, ProductVariantId, StockLocationId};
use crate::stock::service::{Place, movement, payload};

/// How many units there shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// So many that are there.
    OnHand(i64),
    /// So many that are there and promised to nobody.
    Available(i64),
}

#[derive(Clone, Copy, Debug)]
pub struct Count {
    pub place: Place,
    pub units: Units,
}

/// A level that is not as it was counted.
struct Change {
    place: Place,
    before: i64,
    after: i64,
}

/// Sets levels to what was counted, each place once, and tells of each count whether it changed something; `None` where
/// it would leave less than nothing, or more than can be told.
pub async fn count_all(
    tx: &DatabaseTransaction,
    actor: &Actor,
    counts: &[Count],
    reason: &str,
) -> Result<Vec<Option<bool>>> {
    let products = lock_variants(tx, counts).await?;
    let levels = levels(tx, counts).await?;
    let (mut outcomes, mut changes) = (Vec::with_capacity(counts.len()), Vec::new());
    for Count { place, units } in counts {
        let (before, allocated) = levels.get(&(place.variant, place.location)).copied().unwrap_or_default();
        let after = match units {
            Units::OnHand(units) => *units,
            Units::Available(units) => units.saturating_add(allocated),
        };
        let is_possible = (0..=i64::from(i32::MAX)).contains(&after);
        outcomes.push(is_possible.then_some(after != before));
        if is_possible && after != before {
            changes.push(Change { place: *place, before, after });
        }
    }
    if !changes.is_empty() {
        write(tx, actor, &changes, reason).await?;
        refresh_listings(tx, &changes, &products).await?;
    }
    Ok(outcomes)
}

/// Locks the variants in one order, so that two who count never wait for each other in a circle, and tells whose they are.
async fn lock_variants(tx: &DatabaseTransaction, counts: &[Count]) -> Result<HashMap<ProductVariantId, ProductId>> {
    let rows: Vec<(ProductVariantId, ProductId)> = product_variant::Entity::find()
        .select_only()
        .columns([product_variant::Column::Id, product_variant::Column::ProductId])
        .filter(product_variant::COLUMN.id.is_in(counts.iter().map(|count| count.place.variant)))
        .order_by_asc(product_variant::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What is there and what of it is promised.
async fn levels(
    tx: &DatabaseTransaction,
    counts: &[Count],
) -> Result<HashMap<(ProductVariantId, StockLocationId), (i64, i64)>> {
    let rows = stock_level::Entity::find()
        .filter(stock_level::COLUMN.variant_id.is_in(counts.iter().map(|count| count.place.variant)))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.variant_id, row.location_id), (row.on_hand, row.allocated))).collect())
}

/// Writes the levels, their movements and their events.
async fn write(tx: &DatabaseTransaction, actor: &Actor, changes: &[Change], reason: &str) -> Result<()> {
    let levels = changes.iter().map(|change| stock_level::ActiveModel {
        variant_id: Set(change.place.variant),
        location_id: Set(change.place.location),
        on_hand: Set(change.after),
        allocated: Set(0),
    });
    let keys = [stock_level::Column::VariantId, stock_level::Column::LocationId];
    let replace = OnConflict::columns(keys).update_column(stock_level::Column::OnHand).to_owned();
    stock_level::Entity::insert_many(levels).on_conflict(replace).exec_without_returning(tx).await?;
    let movements = changes.iter().map(|Change { place, before, after }| {
        movement(actor, *place, StockMovementKind::Count, after - before, Some(reason.to_owned()))
    });
    stock_movement::Entity::insert_many(movements).exec_without_returning(tx).await?;
    let event = |Change { place, before, after }: &Change| {
        (Aggregate::Variant(place.variant), EventType::StockChanged, payload(place.location, *after, after - before))
    };
    let events: Vec<_> = changes.iter().map(event).collect();
    event::record_all(tx, actor, &events).await
}

/// Brings the listings of each product up to date once.
async fn refresh_listings(
    tx: &DatabaseTransaction,
    changes: &[Change],
    products: &HashMap<ProductVariantId, ProductId>,
) -> Result<()> {
    let mut seen = HashSet::new();
    for Change { place, .. } in changes {
        if seen.insert(products.get(&place.variant)) {
            listing::refresh_availability(tx, place.variant).await?;
        }
    }
    Ok(())
}
