//! What staff do to groups of customers.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::bulk;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::customer::group::input::{CustomerGroupCreateInput, CustomerGroupUpdateInput};
use crate::customer::group::members;
use crate::customer::service::check_all;
use crate::db::{Db, all_set};
use crate::entity::{customer_group as row, price_list_group};
use crate::error::{OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{CustomerGroupId, CustomerId};
use crate::patch::Patch;
use crate::text::fold;

/// The most groups of a shop.
const MOST: u64 = 500;

#[derive(Clone)]
pub struct CustomerGroupService {
    db: Db,
}

/// How a group shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    name: String,
    external_id: Option<String>,
    metadata: Value,
    private_metadata: Value,
}

impl CustomerGroupService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: CustomerGroupId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// All of them, in the alphabet of their names.
    pub async fn list(&self) -> Result<Vec<row::Model>> {
        Ok(row::Entity::find().order_by_asc(row::Column::NameKey).limit(MOST).all(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: CustomerGroupCreateInput) -> Result<CustomerGroupId> {
        let mut checks = Checks::new("input");
        let spec = Spec {
            name: checks.name("name", &input.name, "A name"),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        checks.finish()?;
        let tx = self.db.begin().await?;
        if row::Entity::find().count(&tx).await? >= MOST {
            let message = format!("A shop has at most {MOST} groups of customers.");
            let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
            return Err(UserError::new(UserErrorCode::TooLong, message).at("input").with_limit(limit).into());
        }
        let (id, now) = (CustomerGroupId::generate(), Timestamp::now());
        let row = row::Model {
            id,
            name: String::new(),
            name_key: String::new(),
            external_id: None,
            metadata: json!({}),
            private_metadata: json!({}),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let row = all_set::<row::Entity, _>(spec.write(row));
        map_taken(row::Entity::insert(row).exec_without_returning(&tx).await)?;
        let r#type = EventType::CustomerGroupCreated;
        event::record(&tx, actor, r#type, Aggregate::CustomerGroup(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: CustomerGroupId, input: CustomerGroupUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let before = Spec::of(&row);
        let after = before.clone().apply(input)?;
        if after == before {
            return Ok(());
        }
        let details = Details::of_change(event::nothing(), &before, &after)?;
        let row = row::Model { version: row.version + 1, updated_at: Timestamp::now(), ..after.write(row) };
        map_taken(row::Entity::update(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        event::record(&tx, actor, EventType::CustomerGroupUpdated, Aggregate::CustomerGroup(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a group that no price list is for; its customers stay.
    pub async fn delete(&self, actor: &Actor, id: CustomerGroupId) -> Result<()> {
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        let price_list = price_list_group::Entity::find().filter(price_list_group::COLUMN.customer_group_id.eq(id));
        if price_list.limit(1).one(&tx).await?.is_some() {
            // One that loses its last group would be for everybody.
            return Err(UserError::in_use("Price lists are for this group; take it out of them first.").into());
        }
        row::Entity::delete_by_id(id).exec(&tx).await?;
        let r#type = EventType::CustomerGroupDeleted;
        event::record(&tx, actor, r#type, Aggregate::CustomerGroup(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Puts customers into a group; those who are in it stay.
    pub async fn add(&self, actor: &Actor, id: CustomerGroupId, customers: &[CustomerId]) -> Result<()> {
        bulk::check_size("customers", customers.len())?;
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        check_all(&tx, customers, "customers").await?;
        let added = members::insert(&tx, customers.iter().map(|customer| (id, *customer))).await?;
        self.finish(tx, (actor, id), ("added", customers), added).await
    }

    /// Takes customers out of a group; those who are not in it are left alone.
    pub async fn remove(&self, actor: &Actor, id: CustomerGroupId, customers: &[CustomerId]) -> Result<()> {
        bulk::check_size("customers", customers.len())?;
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        let gone = members::remove(&tx, id, customers).await?;
        self.finish(tx, (actor, id), ("removed", customers), gone).await
    }

    async fn finish(
        &self,
        tx: DatabaseTransaction,
        (actor, id): (&Actor, CustomerGroupId),
        (what, customers): (&str, &[CustomerId]),
        count: u64,
    ) -> Result<()> {
        if count > 0 {
            let ids: Vec<_> = customers.iter().map(ToString::to_string).collect();
            let r#type = EventType::CustomerGroupsChanged;
            event::record(&tx, actor, r#type, Aggregate::CustomerGroup(id), json!({ what: ids })).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

impl Spec {
    fn of(row: &row::Model) -> Self {
        Self {
            name: row.name.clone(),
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    fn apply(self, input: CustomerGroupUpdateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let spec = Self {
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        };
        checks.finish()?;
        Ok(spec)
    }

    fn write(self, row: row::Model) -> row::Model {
        row::Model {
            name_key: fold(&self.name),
            name: self.name,
            external_id: self.external_id,
            metadata: self.metadata,
            private_metadata: self.private_metadata,
            ..row
        }
    }
}

async fn lock(tx: &DatabaseTransaction, id: CustomerGroupId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "group").into())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("customer_group_name_key", || UserError::taken("input.name", "Another group has this name."))
        .on_unique("customer_group_external_id_key", || {
            UserError::taken("input.externalId", "Another group has this external id.")
        })
}
