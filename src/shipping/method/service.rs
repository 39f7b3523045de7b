//! What staff do to ways of delivery.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use crate::auth::Actor;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::shipping_method as row;
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{ShippingMethodId, ShippingZoneId};
use crate::shipping::method::input::{ShippingMethodCreateInput, ShippingMethodUpdateInput};
use crate::shipping::method::reference::References;
use crate::shipping::method::spec::MethodSpec;
use crate::shipping::zone;

/// The most methods of a zone.
const MOST: usize = 100;

#[derive(Clone)]
pub struct ShippingMethodService {
    db: Db,
}

impl ShippingMethodService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: ShippingMethodId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    pub async fn create(
        &self,
        actor: &Actor,
        zone: ShippingZoneId,
        input: ShippingMethodCreateInput,
    ) -> Result<ShippingMethodId> {
        let tx = self.db.begin().await?;
        zone::lock(&tx, zone, "zone").await?;
        let positions: Vec<i64> = row::Entity::find()
            .select_only()
            .column(row::Column::Position)
            .filter(row::COLUMN.shipping_zone_id.eq(zone))
            .into_tuple()
            .all(&tx)
            .await?;
        if positions.len() >= MOST {
            return Err(UserError::too_long("input", "The list of the zone's methods", MOST).into());
        }
        let next = positions.into_iter().max().map_or(0, |last| last.saturating_add(1));
        let mut checks = Checks::new("input");
        References::of_creation(&input).check(&tx, &mut checks).await?;
        let spec = MethodSpec::read(&mut checks, input, next);
        checks.finish()?;
        let id = ShippingMethodId::generate();
        let row = all_set::<row::Entity, _>(spec.to_row(id, zone)?);
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        let details = Details::of_creation(serde_json::json!({ "zone": zone.to_string() }), &spec)?;
        event::record(&tx, actor, EventType::ShippingMethodCreated, Aggregate::ShippingMethod(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: ShippingMethodId, input: ShippingMethodUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let mut checks = Checks::new("input");
        References::of_update(&input).check(&tx, &mut checks).await?;
        let before = MethodSpec::of(&row)?;
        let after = before.clone().apply(&mut checks, input);
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        let row = row::Model {
            created_at: row.created_at,
            updated_at: Timestamp::now(),
            version: row.version + 1,
            ..after.to_row(id, row.shipping_zone_id)?
        };
        map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        event::record(&tx, actor, EventType::ShippingMethodUpdated, Aggregate::ShippingMethod(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a method; carts that have chosen it see that it is gone.
    pub async fn delete(&self, actor: &Actor, id: ShippingMethodId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let r#type = EventType::ShippingMethodDeleted;
        event::record(&tx, actor, r#type, Aggregate::ShippingMethod(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn lock(tx: &DatabaseTransaction, id: ShippingMethodId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "shipping method").into())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result.on_unique("shipping_method_external_id_key", || {
        UserError::taken("input.externalId", "Another method has this external id.")
    })
}
