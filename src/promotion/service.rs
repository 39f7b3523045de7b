//! What staff do to promotions.

use std::collections::BTreeSet;

use sea_orm::sea_query::Condition;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::listing::share_channels;
use crate::channel::PriceRuleMemory;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::promotion_class::{PromotionClass, PromotionStacking};
use crate::entity::{promotion as row, promotion_channel, promotion_code};
use crate::error::{OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{ChannelId, PromotionId};
use crate::promotion::input::{PromotionCreateInput, PromotionUpdateInput};
use crate::promotion::rule::references::References;
use crate::promotion::spec::Spec;

/// The most promotions that a shop keeps.
const MOST: u64 = 1_000;
/// The most that have not ended: all of a channel are asked for every cart.
const MOST_AHEAD: u64 = 500;

#[derive(Clone)]
pub struct PromotionService {
    pub(super) db: Db,
    price_rules: PriceRuleMemory,
}

impl PromotionService {
    pub const fn new(db: Db, price_rules: PriceRuleMemory) -> Self {
        Self { db, price_rules }
    }

    pub async fn find(&self, id: PromotionId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: PromotionCreateInput) -> Result<PromotionId> {
        let (mut checks, mut references) = (Checks::new("input"), References::default());
        let spec = Spec::from_input(&mut checks, &mut references, input);
        let tx = self.db.begin().await?;
        share_channels(&tx).await?;
        references.check(&tx, &mut checks).await?;
        checks.finish()?;
        let row = blank();
        let (id, now) = (row.id, row.created_at);
        check_room(&tx, Condition::all(), MOST, "A shop keeps at most 1,000 promotions; delete one that has ended.")
            .await?;
        if spec.is_ahead_at(now) {
            check_room_ahead(&tx, now).await?;
        }
        let details = Details::of_creation(event::nothing(), &spec)?;
        let channels = spec.channels.clone();
        let row = all_set::<row::Entity, _>(spec.write(row)?);
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        assign(&tx, id, &channels).await?;
        event::record(&tx, actor, EventType::PromotionCreated, Aggregate::Promotion(id), details).await?;
        tx.commit().await?;
        self.price_rules.forget();
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: PromotionId, input: PromotionUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        share_channels(&tx).await?;
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = Spec::of(&row, channels_of(&tx, id).await?)?;
        let (mut checks, mut references) = (Checks::new("input"), References::default());
        let after = before.clone().apply(&mut checks, &mut references, input);
        references.check(&tx, &mut checks).await?;
        if before.needs_code && !after.needs_code && has_codes(&tx, id).await? {
            let message = "It has codes, which would be worth nothing; remove them first.";
            checks.push(UserError::invalid("input.needsCode", message));
        }
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        let now = Timestamp::now();
        if after.is_ahead_at(now) && !before.is_ahead_at(now) {
            check_room_ahead(&tx, now).await?;
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        if after.channels != before.channels {
            promotion_channel::Entity::delete_many()
                .filter(promotion_channel::COLUMN.promotion_id.eq(id))
                .exec(&tx)
                .await?;
            assign(&tx, id, &after.channels).await?;
        }
        let row = row::Model { version: row.version + 1, updated_at: now, ..after.write(row)? };
        map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        event::record(&tx, actor, EventType::PromotionUpdated, Aggregate::Promotion(id), details).await?;
        tx.commit().await?;
        self.price_rules.forget();
        Ok(())
    }

    /// Removes a promotion with its codes and the count of its uses. What was bought with it stays as it was agreed.
    pub async fn delete(&self, actor: &Actor, id: PromotionId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let r#type = EventType::PromotionDeleted;
        event::record(&tx, actor, r#type, Aggregate::Promotion(id), event::nothing()).await?;
        tx.commit().await?;
        self.price_rules.forget();
        Ok(())
    }
}

/// The promotion of an id, kept from others until the transaction ends.
pub async fn lock(tx: &DatabaseTransaction, id: PromotionId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "promotion").into())
}

async fn channels_of(db: &impl ConnectionTrait, id: PromotionId) -> Result<BTreeSet<ChannelId>> {
    let rows = promotion_channel::Entity::find().filter(promotion_channel::COLUMN.promotion_id.eq(id));
    Ok(rows.all(db).await?.into_iter().map(|row| row.channel_id).collect())
}

async fn assign(tx: &DatabaseTransaction, id: PromotionId, channels: &BTreeSet<ChannelId>) -> Result<()> {
    let rows = channels
        .iter()
        .map(|channel| promotion_channel::ActiveModel { promotion_id: Set(id), channel_id: Set(*channel) });
    promotion_channel::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

async fn has_codes(db: &impl ConnectionTrait, id: PromotionId) -> Result<bool> {
    let codes = promotion_code::Entity::find().filter(promotion_code::COLUMN.promotion_id.eq(id));
    Ok(codes.limit(1).one(db).await?.is_some())
}

async fn check_room(tx: &DatabaseTransaction, which: Condition, most: u64, message: &str) -> Result<()> {
    if row::Entity::find().filter(which).count(tx).await? < most {
        return Ok(());
    }
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    Err(UserError::new(UserErrorCode::TooLong, message).at("input").with_limit(limit).into())
}

async fn check_room_ahead(tx: &DatabaseTransaction, now: Timestamp) -> Result<()> {
    let ahead = Condition::any().add(row::Column::EndsAt.is_null()).add(row::Column::EndsAt.gt(now));
    check_room(tx, ahead, MOST_AHEAD, "A shop has at most 500 promotions that have not ended; end one of them.").await
}

fn blank() -> row::Model {
    let now = Timestamp::now();
    row::Model {
        id: PromotionId::generate(),
        name: String::new(),
        name_key: String::new(),
        description: String::new(),
        is_active: true,
        class: PromotionClass::Order,
        needs_code: false,
        stacking: PromotionStacking::Stackable,
        priority: 0,
        starts_at: None,
        ends_at: None,
        conditions: json!({}),
        action: json!({}),
        usage_limit: None,
        usage_limit_per_customer: None,
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result.on_unique("promotion_external_id_key", || {
        UserError::taken("input.externalId", "Another promotion has this external id.")
    })
}
