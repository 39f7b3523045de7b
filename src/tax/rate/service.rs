//! What staff do to rates of zones.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use crate::auth::Actor;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{tax_rate as row, tax_zone};
use crate::error::{Result, UserError};
use crate::event::Details;
use crate::id::{TaxRateId, TaxZoneId};
use crate::tax::class::known;
use crate::tax::rate::input::{TaxRateCreateInput, TaxRateUpdateInput};
use crate::tax::rate::spec::Spec;
use crate::tax::zone::service::{check_version, finish, lock};

/// The most rates of a zone.
const MOST: usize = 500;

#[derive(Clone)]
pub struct TaxRateService {
    db: Db,
}

impl TaxRateService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: TaxRateId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, zone: TaxZoneId, input: TaxRateCreateInput) -> Result<TaxRateId> {
        let tx = self.db.begin().await?;
        let zone = lock(&tx, zone, "taxZone").await?;
        check_version(&zone, input.expected_version)?;
        let others = rates(&tx, zone.id).await?;
        if others.len() >= MOST {
            return Err(UserError::too_long("input", "The list of rates of this zone", MOST).into());
        }
        let mut checks = Checks::new("input");
        let spec = Spec::from_input(&mut checks, input);
        check(&tx, checks, &spec, &others).await?;
        let row = spec.write(blank(zone.id));
        let id = row.id;
        row::Entity::insert(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await?;
        let details = Details::of_creation(json!({ "rate": id.to_string() }), &spec)?;
        finish(tx, actor, zone, details).await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: TaxRateId, input: TaxRateUpdateInput) -> Result<()> {
        let (tx, zone) = self.write(id).await?;
        check_version(&zone, input.expected_version)?;
        let (row, others) = apart(rates(&tx, zone.id).await?, id)?;
        let before = Spec::of(&row);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input);
        check(&tx, checks, &after, &others).await?;
        if after == before {
            return Ok(());
        }
        let row = row::Model { updated_at: Timestamp::now(), ..after.write(row) };
        row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await?;
        let details = Details::of_change(json!({ "rate": id.to_string() }), &before, &after)?;
        finish(tx, actor, zone, details).await
    }

    /// Removes a rate, and tells of which zone it was.
    pub async fn delete(&self, actor: &Actor, id: TaxRateId) -> Result<TaxZoneId> {
        let (tx, zone) = self.write(id).await?;
        let (row, _) = apart(rates(&tx, zone.id).await?, id)?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let payload = json!({ "rate": id.to_string() });
        let details = Details::of_change(payload, &Some(Spec::of(&row)), &None)?;
        finish(tx, actor, zone, details).await?;
        Ok(row.tax_zone_id)
    }

    /// Begins a change of a rate by locking its zone.
    async fn write(&self, id: TaxRateId) -> Result<(DatabaseTransaction, tax_zone::Model)> {
        let row = self.find(id).await?.ok_or_else(not_found)?;
        let tx = self.db.begin().await?;
        let zone = lock(&tx, row.tax_zone_id, "id").await?;
        Ok((tx, zone))
    }
}

fn not_found() -> UserError {
    UserError::not_found("id", "tax rate")
}

async fn rates(tx: &DatabaseTransaction, zone: TaxZoneId) -> Result<Vec<row::Model>> {
    let all = row::Entity::find().filter(row::COLUMN.tax_zone_id.eq(zone));
    Ok(all.order_by_asc(row::Column::Id).all(tx).await?)
}

/// A rate of a zone, and the others.
fn apart(mut rates: Vec<row::Model>, id: TaxRateId) -> Result<(row::Model, Vec<row::Model>)> {
    let index = rates.iter().position(|row| row.id == id).ok_or_else(not_found)?;
    let row = rates.swap_remove(index);
    Ok((row, rates))
}

async fn check(tx: &DatabaseTransaction, mut checks: Checks, spec: &Spec, others: &[row::Model]) -> Result<()> {
    known::check_class(tx, &mut checks, "taxClass", spec.tax_class).await?;
    if let Some(other) = others.iter().find(|other| Spec::of(other).clashes_with(spec)) {
        let message = format!("The rate \"{}\" of the same class holds at the same time; end it first.", other.name);
        checks.push(UserError::taken(checks.path("startsAt"), message));
    }
    checks.finish()
}

fn blank(zone: TaxZoneId) -> row::Model {
    let now = Timestamp::now();
    row::Model {
        id: TaxRateId::generate(),
        tax_zone_id: zone,
        tax_class_id: None,
        name: String::new(),
        rate_millionths: 0,
        starts_at: None,
        ends_at: None,
        created_at: now,
        updated_at: now,
    }
}
