//! Finds zones, and what staff do to them.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use crate::address::Area;
use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{tax_zone as row, tax_zone_area};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::TaxZoneId;
use crate::keyset::Keyset;
use crate::tax::zone::area;
use crate::tax::zone::input::{TaxZoneCreateInput, TaxZoneUpdateInput};
use crate::tax::zone::spec::Spec;

/// The most zones of a shop.
const MOST: usize = 300;

#[derive(Clone)]
pub struct TaxZoneService {
    db: Db,
}

impl TaxZoneService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: TaxZoneId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, in the alphabet of their names.
    pub async fn list(&self, args: &PageArgs) -> Result<Page<row::Model>> {
        let request = args.check("name")?;
        let keyset = Keyset { key: row::Column::NameKey, id: row::Column::Id, is_text: true, is_descending: false };
        let rows = keyset.page(row::Entity::find(), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &row::Model| Cursor {
            sort: "name".to_owned(),
            key: CursorKey::Text(row.name_key.clone()),
            id: row.id.uuid(),
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self) -> Result<u64> {
        Ok(row::Entity::find().count(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: TaxZoneCreateInput) -> Result<TaxZoneId> {
        let spec = Spec::from_input(input)?;
        let tx = self.db.begin().await?;
        if row::Entity::find().count(&tx).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(UserError::too_long("input", "The list of tax zones", MOST).into());
        }
        let row = spec.write(blank());
        let id = row.id;
        map_taken(row::Entity::insert(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        insert_areas(&tx, id, &spec.areas).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::TaxZoneCreated, Aggregate::TaxZone(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: TaxZoneId, input: TaxZoneUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id, "id").await?;
        check_version(&row, input.expected_version)?;
        let before = Spec::of(&row, areas(&tx, id).await?);
        let after = before.clone().apply(input)?;
        if after == before {
            return Ok(());
        }
        if after.areas != before.areas {
            tax_zone_area::Entity::delete_many().filter(tax_zone_area::COLUMN.tax_zone_id.eq(id)).exec(&tx).await?;
            insert_areas(&tx, id, &after.areas).await?;
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        finish(tx, actor, after.write(row), details).await
    }

    /// Removes a zone with its areas and rates.
    pub async fn delete(&self, actor: &Actor, id: TaxZoneId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id, "id").await?;
        let before = Spec::of(&row, areas(&tx, id).await?);
        let details = Details::of_change(event::nothing(), &Some(before), &None)?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        event::record(&tx, actor, EventType::TaxZoneDeleted, Aggregate::TaxZone(id), details).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A zone, kept from others until the transaction ends.
pub async fn lock(tx: &DatabaseTransaction, id: TaxZoneId, path: &str) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found(path, "tax zone").into())
}

pub fn check_version(row: &row::Model, expected: Option<i32>) -> Result<()> {
    match expected {
        Some(version) if i64::from(version) != row.version => Err(UserError::conflict().into()),
        _ => Ok(()),
    }
}

/// Writes a zone that has changed, or whose rates have, with its event, and commits.
pub async fn finish(
    tx: DatabaseTransaction,
    actor: &Actor,
    row: row::Model,
    details: impl Into<Details>,
) -> Result<()> {
    let id = row.id;
    let row = row::Model { version: row.version + 1, updated_at: Timestamp::now(), ..row };
    map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
    event::record(&tx, actor, EventType::TaxZoneUpdated, Aggregate::TaxZone(id), details).await?;
    tx.commit().await?;
    Ok(())
}

async fn areas(tx: &DatabaseTransaction, id: TaxZoneId) -> Result<Vec<Area>> {
    let rows = tax_zone_area::Entity::find()
        .filter(tax_zone_area::COLUMN.tax_zone_id.eq(id))
        .order_by_asc(tax_zone_area::Column::Position)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(area::of).collect())
}

async fn insert_areas(tx: &DatabaseTransaction, id: TaxZoneId, areas: &[Area]) -> Result<()> {
    let rows = area::rows(id, areas).map(all_set::<tax_zone_area::Entity, _>);
    tax_zone_area::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

fn blank() -> row::Model {
    let now = Timestamp::now();
    row::Model {
        id: TaxZoneId::generate(),
        name: String::new(),
        name_key: String::new(),
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("tax_zone_name_key", || UserError::taken("input.name", "Another tax zone has this name."))
        .on_unique("tax_zone_external_id_key", || {
            UserError::taken("input.externalId", "Another tax zone has this external id.")
        })
}
