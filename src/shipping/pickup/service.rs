//! Finds pick-up locations, and what staff do to them.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};

use crate::auth::Actor;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{pickup_location as row, shipping_method};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::PickupLocationId;
use crate::keyset::Keyset;
use crate::shipping::pickup::input::{PickupLocationCreateInput, PickupLocationFilter, PickupLocationUpdateInput};
use crate::shipping::pickup::spec::PickupSpec;

/// The most pick-up locations of a shop.
const MOST: usize = 500;
/// The order of the list, as its cursors name it.
const SORT: &str = "name";

#[derive(Clone)]
pub struct PickupLocationService {
    db: Db,
}

impl PickupLocationService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: PickupLocationId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, in the alphabet of their names.
    pub async fn list(&self, filter: &PickupLocationFilter, args: &PageArgs) -> Result<Page<row::Model>> {
        let request = args.check(SORT)?;
        let keyset = Keyset { key: row::Column::NameKey, id: row::Column::Id, is_text: true, is_descending: false };
        let rows = keyset.page(select(filter), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &row::Model| Cursor {
            sort: SORT.to_owned(),
            key: CursorKey::Text(row.name_key.clone()),
            id: row.id.uuid(),
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &PickupLocationFilter) -> Result<u64> {
        Ok(select(filter).count(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: PickupLocationCreateInput) -> Result<PickupLocationId> {
        let mut checks = Checks::new("input");
        let spec = PickupSpec::read(&mut checks, input);
        checks.finish()?;
        let tx = self.db.begin().await?;
        if row::Entity::find().count(&tx).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(UserError::too_long("input", "The list of pick-up locations", MOST).into());
        }
        let id = PickupLocationId::generate();
        let row = all_set::<row::Entity, _>(spec.to_row(id)?);
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::PickupLocationCreated, Aggregate::PickupLocation(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: PickupLocationId, input: PickupLocationUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = PickupSpec::of(&row)?;
        let mut checks = Checks::new("input");
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
            ..after.to_row(id)?
        };
        map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        event::record(&tx, actor, EventType::PickupLocationUpdated, Aggregate::PickupLocation(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a location that no method leads to.
    pub async fn delete(&self, actor: &Actor, id: PickupLocationId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        let leading = shipping_method::Entity::find().filter(shipping_method::COLUMN.pickup_location_id.eq(id));
        if let Some(method) = leading.one(&tx).await? {
            let message = format!("The method \"{}\" leads to this location; delete or change it first.", method.name);
            return Err(UserError::in_use(message).into());
        }
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let r#type = EventType::PickupLocationDeleted;
        event::record(&tx, actor, r#type, Aggregate::PickupLocation(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn lock(tx: &DatabaseTransaction, id: PickupLocationId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "pick-up location").into())
}

fn select(filter: &PickupLocationFilter) -> Select<row::Entity> {
    let PickupLocationFilter { is_active, external_id } = filter;
    let condition = Condition::all()
        .add_option(is_active.map(|is_active| row::Column::IsActive.eq(is_active)))
        .add_option(external_id.as_ref().map(|id| row::Column::ExternalId.eq(id)));
    row::Entity::find().filter(condition)
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("pickup_location_name_key", || {
            UserError::taken("input.name", "Another pick-up location has this name.")
        })
        .on_unique("pickup_location_external_id_key", || {
            UserError::taken("input.externalId", "Another pick-up location has this external id.")
        })
}
