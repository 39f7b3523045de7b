//! What staff do to classes of goods that are taxed alike.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{product_variant, shipping_method, tax_class as row, tax_rate};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::TaxClassId;
use crate::patch::Patch;
use crate::tax::class::input::{TaxClassCreateInput, TaxClassUpdateInput};
use crate::text::fold;

/// The most classes of a shop, which are listed without pages.
const MOST: usize = 100;

#[derive(Clone)]
pub struct TaxClassService {
    db: Db,
}

/// How a class shall stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    name: String,
    code: String,
    external_id: Option<String>,
    metadata: Value,
    private_metadata: Value,
}

impl TaxClassService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: TaxClassId) -> Result<Option<row::Model>> {
        Ok(row::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// All of them, in the alphabet of their names.
    pub async fn list(&self) -> Result<Vec<row::Model>> {
        Ok(row::Entity::find().order_by_asc(row::Column::NameKey).all(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: TaxClassCreateInput) -> Result<TaxClassId> {
        let spec = Spec::from_input(input)?;
        let tx = self.db.begin().await?;
        if row::Entity::find().count(&tx).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(UserError::too_long("input", "The list of tax classes", MOST).into());
        }
        let details = Details::of_creation(event::nothing(), &spec)?;
        let row = spec.write(blank());
        let id = row.id;
        map_taken(row::Entity::insert(all_set::<row::Entity, _>(row)).exec_without_returning(&tx).await)?;
        event::record(&tx, actor, EventType::TaxClassCreated, Aggregate::TaxClass(id), details).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: TaxClassId, input: TaxClassUpdateInput) -> Result<()> {
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
        event::record(&tx, actor, EventType::TaxClassUpdated, Aggregate::TaxClass(id), details).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes a class that nothing refers to.
    pub async fn delete(&self, actor: &Actor, id: TaxClassId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        check_unused(&tx, id).await?;
        let details = Details::of_change(event::nothing(), &Some(Spec::of(&row)), &None)?;
        row::Entity::delete_by_id(id).exec(&tx).await?;
        event::record(&tx, actor, EventType::TaxClassDeleted, Aggregate::TaxClass(id), details).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Spec {
    fn from_input(input: TaxClassCreateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let name = checks.name("name", &input.name, "A name");
        let spec = Self {
            code: checks.word("code", input.code.as_deref(), &name),
            name,
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        checks.finish()?;
        Ok(spec)
    }

    fn of(row: &row::Model) -> Self {
        Self {
            name: row.name.clone(),
            code: row.code.clone(),
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    fn apply(self, input: TaxClassUpdateInput) -> Result<Self> {
        let mut checks = Checks::new("input");
        let spec = Self {
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            code: checks.needed("code", input.code).map_or(self.code, |code| checks.given_word("code", &code)),
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
            code: self.code,
            external_id: self.external_id,
            metadata: self.metadata,
            private_metadata: self.private_metadata,
            ..row
        }
    }
}

fn blank() -> row::Model {
    let now = Timestamp::now();
    row::Model {
        id: TaxClassId::generate(),
        name: String::new(),
        name_key: String::new(),
        code: String::new(),
        external_id: None,
        metadata: json!({}),
        private_metadata: json!({}),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

async fn lock(tx: &DatabaseTransaction, id: TaxClassId) -> Result<row::Model> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "tax class").into())
}

/// Whoever refers to a class locks it first, so that nobody begins to once it is locked here.
async fn check_unused(tx: &DatabaseTransaction, id: TaxClassId) -> Result<()> {
    let rates = tax_rate::Entity::find().filter(tax_rate::Column::TaxClassId.eq(id)).count(tx).await?;
    if rates > 0 {
        return Err(UserError::in_use("Zones have rates of this class; delete these first.").into());
    }
    let variants = product_variant::Entity::find().filter(product_variant::Column::TaxClassId.eq(id)).count(tx).await?;
    if variants > 0 {
        return Err(UserError::in_use("Variants are of this class; give them another one first.").into());
    }
    let methods = shipping_method::Entity::find().filter(shipping_method::Column::TaxClassId.eq(id)).count(tx).await?;
    if methods > 0 {
        return Err(UserError::in_use("Ways of delivery are of this class; give them another one first.").into());
    }
    Ok(())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    let taken = |field: &str, what: &str| {
        UserError::taken(format!("input.{field}"), format!("Another tax class has this {what}."))
    };
    result
        .on_unique("tax_class_name_key", || taken("name", "name"))
        .on_unique("tax_class_code_key", || taken("code", "code"))
        .on_unique("tax_class_external_id_key", || taken("externalId", "external id"))
}
