//! Counts and adjusts stock.

use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait};
use sea_orm::{QueryFilter, QuerySelect};
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::catalog::listing;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::stock_movement::StockMovementKind;
use crate::entity::{product_variant, stock_level, stock_location, stock_movement};
use crate::error::{Error, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{ProductVariantId, StockLocationId, StockMovementId};
use crate::stock::input::{StockLevelAdjustInput, StockLevelSetInput};
use crate::text::fold;

const REASON_LENGTH: usize = 200;

#[derive(Clone)]
pub struct StockService {
    pub(super) db: Db,
}

impl StockService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Makes the default location of a fresh database; does nothing where there is one.
    pub async fn create_default_location(&self) -> Result<()> {
        let now = Timestamp::now();
        let row = stock_location::ActiveModel {
            id: Set(StockLocationId::generate()),
            name: Set("Main".to_owned()),
            name_key: Set(fold("Main")),
            is_default: Set(true),
            created_at: Set(now),
            updated_at: Set(now),
            version: Set(1),
        };
        let tx = self.db.begin().await?;
        if find_default(&tx).await?.is_none() {
            // Another node may be first; its location then stands.
            let stand = OnConflict::new().do_nothing().to_owned();
            stock_location::Entity::insert(row).on_conflict(stand).exec_without_returning(&tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Sets a level to what was counted.
    pub async fn set(&self, actor: &Actor, input: StockLevelSetInput) -> Result<()> {
        let mut checks = Checks::new("input");
        let reason = counted(&mut checks, input.on_hand, input.reason);
        checks.finish()?;
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let location = find_location(&tx, input.location).await?;
        let place = Place { variant: input.variant, location };
        finish_count(tx, actor, place, (input.on_hand.into(), reason)).await
    }

    /// Sets one level of many to what was counted, at a location that is there.
    pub(super) async fn count_at(
        &self,
        actor: &Actor,
        place: Place,
        on_hand: i64,
        reason: Option<String>,
    ) -> Result<()> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        finish_count(tx, actor, place, (on_hand, reason)).await
    }

    /// Changes a level by what came or went.
    pub async fn adjust(&self, actor: &Actor, input: StockLevelAdjustInput) -> Result<()> {
        let mut checks = Checks::new("input");
        if input.change == 0 {
            checks.push(UserError::invalid("input.change", "The change is not zero."));
        }
        let reason = checks.optional("reason", input.reason, "The reason", REASON_LENGTH);
        checks.finish()?;
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let location = find_location(&tx, input.location).await?;
        let level = lock_level(&tx, Place { variant: input.variant, location }).await?;
        let on_hand = units_after(level.on_hand, input.change)?;
        write(&tx, actor, &level, Change { kind: StockMovementKind::Adjustment, on_hand, reason }).await?;
        listing::refresh_availability(&tx, input.variant).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Checks the result of counting and gives the reason.
pub(super) fn counted(checks: &mut Checks, on_hand: i32, reason: Option<String>) -> Option<String> {
    if on_hand < 0 {
        checks.push(UserError::invalid(checks.path("onHand"), "The number of units is not below zero."));
    }
    checks.optional("reason", reason, "The reason", REASON_LENGTH)
}

/// Writes what was counted, and why, and commits.
async fn finish_count(
    tx: DatabaseTransaction,
    actor: &Actor,
    place: Place,
    (on_hand, reason): (i64, Option<String>),
) -> Result<()> {
    count(&tx, actor, place, on_hand, reason).await?;
    listing::refresh_availability(&tx, place.variant).await?;
    tx.commit().await?;
    Ok(())
}

/// What is there after a change: not less than nothing, and not more than the API can tell.
fn units_after(on_hand: i64, change: i32) -> Result<i64> {
    let (after, most) = (on_hand.saturating_add(change.into()), i64::from(i32::MAX));
    if after < 0 {
        let message = format!("Only {on_hand} units are there; no more can go.");
        return Err(UserError::invalid("input.change", message).with_limit(on_hand).into());
    }
    if after > most {
        let message = format!("At most {most} units can be at one location.");
        return Err(UserError::invalid("input.change", message).with_limit(most.saturating_sub(on_hand)).into());
    }
    Ok(after)
}

/// A place in the stock: which variant, and where.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub variant: ProductVariantId,
    pub location: StockLocationId,
}

/// Sets a level to what was counted, as part of a larger change.
pub async fn count(
    tx: &DatabaseTransaction,
    actor: &Actor,
    place: Place,
    on_hand: i64,
    reason: Option<String>,
) -> Result<()> {
    let level = lock_level(tx, place).await?;
    if level.on_hand == on_hand {
        return Ok(());
    }
    let change = Change { kind: StockMovementKind::Count, on_hand, reason };
    write(tx, actor, &level, change).await
}

/// Writes the first count of variants that this transaction makes, of which nobody else can know yet.
pub async fn count_first(
    tx: &DatabaseTransaction,
    actor: &Actor,
    location: StockLocationId,
    counts: &[(ProductVariantId, i64)],
) -> Result<()> {
    let counts = counts.iter().filter(|(_, units)| *units != 0);
    let levels = counts.clone().map(|(variant, units)| stock_level::ActiveModel {
        variant_id: Set(*variant),
        location_id: Set(location),
        on_hand: Set(*units),
        allocated: Set(0),
    });
    stock_level::Entity::insert_many(levels).exec_without_returning(tx).await?;
    let movements = counts.clone().map(|(variant, units)| {
        movement(actor, Place { variant: *variant, location }, StockMovementKind::Count, *units, None)
    });
    stock_movement::Entity::insert_many(movements).exec_without_returning(tx).await?;
    let events = counts.map(|(variant, units)| (Aggregate::Variant(*variant), payload(location, *units, *units)));
    event::record_first(tx, actor, EventType::StockChanged, events).await
}

/// Where units lie if nothing else is said.
pub async fn default_location(db: &impl ConnectionTrait) -> Result<StockLocationId> {
    let location = find_default(db).await?;
    location.map(|row| row.id).ok_or_else(|| Error::internal("there is no default stock location"))
}

/// Every place where units lie.
pub async fn locations(db: &impl ConnectionTrait) -> Result<Vec<stock_location::Model>> {
    Ok(stock_location::Entity::find().all(db).await?)
}

async fn find_default(db: &impl ConnectionTrait) -> Result<Option<stock_location::Model>> {
    Ok(stock_location::Entity::find().filter(stock_location::COLUMN.is_default.eq(true)).one(db).await?)
}

async fn find_location(tx: &DatabaseTransaction, id: Option<StockLocationId>) -> Result<StockLocationId> {
    let Some(id) = id else { return default_location(tx).await };
    let row = stock_location::Entity::find_by_id(id).one(tx).await?;
    row.map(|row| row.id).ok_or_else(|| UserError::not_found("input.location", "location").into())
}

/// The level, locked by its variant and made if it is not there yet.
async fn lock_level(tx: &DatabaseTransaction, Place { variant, location }: Place) -> Result<stock_level::Model> {
    let row = product_variant::Entity::find_by_id(variant).lock(LockType::NoKeyUpdate).one(tx).await?;
    if row.is_none() {
        return Err(UserError::not_found("input.variant", "variant").into());
    }
    if let Some(level) = stock_level::Entity::find_by_id((variant, location)).one(tx).await? {
        return Ok(level);
    }
    let level = stock_level::Model { variant_id: variant, location_id: location, on_hand: 0, allocated: 0 };
    let row = stock_level::ActiveModel {
        variant_id: Set(variant),
        location_id: Set(location),
        on_hand: Set(0),
        allocated: Set(0),
    };
    let keys = [stock_level::Column::VariantId, stock_level::Column::LocationId];
    let keep = OnConflict::columns(keys).do_nothing().to_owned();
    stock_level::Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(level)
}

/// What becomes of a level, and why.
struct Change {
    kind: StockMovementKind,
    on_hand: i64,
    reason: Option<String>,
}

/// Writes the level, its movement and its event.
async fn write(tx: &DatabaseTransaction, actor: &Actor, level: &stock_level::Model, change: Change) -> Result<()> {
    let Change { kind, on_hand, reason } = change;
    let change = on_hand - level.on_hand;
    stock_level::Entity::update_many()
        .col_expr(stock_level::Column::OnHand, Expr::col(stock_level::Column::OnHand).add(change))
        .filter(stock_level::COLUMN.variant_id.eq(level.variant_id))
        .filter(stock_level::COLUMN.location_id.eq(level.location_id))
        .exec(tx)
        .await?;
    let place = Place { variant: level.variant_id, location: level.location_id };
    let row = movement(actor, place, kind, change, reason);
    stock_movement::Entity::insert(row).exec_without_returning(tx).await?;
    let payload = payload(level.location_id, on_hand, change);
    let (before, after) = (json!({ "onHand": level.on_hand }), json!({ "onHand": on_hand }));
    let details = Details::of_change(payload, &before, &after)?;
    event::record(tx, actor, EventType::StockChanged, Aggregate::Variant(level.variant_id), details).await.map(drop)
}

pub(super) fn movement(
    actor: &Actor,
    Place { variant, location }: Place,
    kind: StockMovementKind,
    change: i64,
    reason: Option<String>,
) -> stock_movement::ActiveModel {
    stock_movement::ActiveModel {
        id: Set(StockMovementId::generate()),
        variant_id: Set(variant),
        location_id: Set(location),
        kind: Set(kind),
        on_hand_change: Set(change),
        allocated_change: Set(0),
        reason: Set(reason),
        actor_type: Set(actor.kind()),
        actor_id: Set(actor.uuid()),
        created_at: Set(Timestamp::now()),
    }
}

pub(super) fn payload(location: StockLocationId, on_hand: i64, change: i64) -> Value {
    json!({ "location": location.to_string(), "onHand": on_hand, "change": change })
}
