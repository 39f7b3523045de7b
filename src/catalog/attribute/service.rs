//! What staff do to attributes.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::attribute::choice::{self, ChoiceSpec};
use crate::catalog::attribute::input::{AttributeCreateInput, AttributeUpdateInput};
use crate::catalog::attribute::rules;
use crate::catalog::attribute::told::{self, Told};
use crate::catalog::product::ProductService;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::attribute_type::AttributeType;
use crate::entity::{attribute, attribute_choice, attribute_value};
use crate::error::{OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::AttributeId;

/// The most attributes of a shop, which are listed without pages.
pub const MAX_ATTRIBUTES: usize = 500;
const UNIT_LENGTH: usize = 20;

#[derive(Clone)]
pub struct AttributeService {
    db: Db,
    pub(super) products: ProductService,
}

impl AttributeService {
    pub const fn new(db: Db, products: ProductService) -> Self {
        Self { db, products }
    }

    pub async fn create(&self, actor: &Actor, input: AttributeCreateInput) -> Result<AttributeId> {
        let id = AttributeId::generate();
        let (row, choices) = row_of(id, input)?;
        let tx = self.db.begin().await?;
        let (count, last) = count(&tx).await?;
        if count >= MAX_ATTRIBUTES {
            return Err(UserError::too_long("input", "The list of attributes", MAX_ATTRIBUTES).into());
        }
        let row = attribute::Model { position: last + 1, ..row };
        map_taken(attribute::Entity::insert(all_set::<attribute::Entity, _>(row)).exec_without_returning(&tx).await)?;
        choice::sync(&tx, id, &[], &choices).await?;
        event::record(&tx, actor, EventType::AttributeCreated, Aggregate::Attribute(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: AttributeId, mut input: AttributeUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let before = lock(&tx, id).await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != before.version) {
            return Err(UserError::conflict().into());
        }
        let current = choice::load(&tx, id).await?;
        let choices = std::mem::take(&mut input.choices).into_change();
        let mut checks = Checks::new("input");
        let choices = choices.map(|choices| choice::read(&mut checks, before.r#type, choices));
        let after = apply(&mut checks, before.clone(), input);
        checks.finish()?;
        let choices = choices.filter(|wanted| !is_same(&current, wanted));
        if after == before && choices.is_none() {
            return Ok(());
        }
        if after.code != before.code && is_in_use(&tx, &before).await? {
            let message = "This attribute is in use, by which its code is known; give it another name instead.";
            return Err(UserError::in_use(message).at("input.code").into());
        }
        let told = Told::of(&before, told::kept(&current));
        let choices_after = choices.as_deref().map_or_else(|| told::kept(&current), told::wanted);
        let details = Details::of_change(event::nothing(), &told, &Told::of(&after, choices_after))?;
        map_taken(attribute::Entity::update(all_set::<attribute::Entity, _>(after)).exec_without_returning(&tx).await)?;
        if let Some(wanted) = choices {
            choice::sync(&tx, id, &current, &wanted).await?;
        }
        finish(tx, actor, id, details).await
    }

    /// Puts an attribute before another one, or behind all others.
    pub async fn move_before(&self, actor: &Actor, id: AttributeId, before: Option<AttributeId>) -> Result<()> {
        let tx = self.db.begin().await?;
        lock_all(&tx).await?;
        lock(&tx, id).await?;
        let position = match before {
            None => count(&tx).await?.1 + 1,
            Some(other) if other == id => return Ok(()),
            Some(other) => make_room(&tx, other).await?,
        };
        let change = attribute::ActiveModel { id: Set(id), position: Set(position), ..Default::default() };
        attribute::Entity::update(change).exec_without_returning(&tx).await?;
        finish(tx, actor, id, event::nothing()).await
    }

    /// Removes an attribute of which nothing has a value.
    pub async fn delete(&self, actor: &Actor, id: AttributeId) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id).await?;
        if is_in_use(&tx, &row).await? {
            let message = "Something has a value of this attribute, or the rules of a collection name it.";
            return Err(UserError::in_use(message).into());
        }
        let payload = json!({ "code": row.code });
        event::record(&tx, actor, EventType::AttributeDeleted, Aggregate::Attribute(id), payload).await?;
        attribute::Entity::delete_by_id(id).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The row, locked also against those who give a value of it.
async fn lock(tx: &DatabaseTransaction, id: AttributeId) -> Result<attribute::Model> {
    let row = attribute::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| UserError::not_found("id", "attribute").into())
}

/// Locks all attributes in one order, so that two who move some never wait for each other.
async fn lock_all(tx: &DatabaseTransaction) -> Result<()> {
    let ids = attribute::Entity::find().select_only().column(attribute::Column::Id);
    ids.order_by_asc(attribute::Column::Id).lock_exclusive().into_tuple::<AttributeId>().all(tx).await?;
    Ok(())
}

/// How many attributes there are, and the last place among them.
async fn count(tx: &DatabaseTransaction) -> Result<(usize, i64)> {
    let found: Option<(i64, Option<i64>)> = attribute::Entity::find()
        .select_only()
        .column_as(attribute::Column::Id.count(), "count")
        .column_as(attribute::Column::Position.max(), "last")
        .into_tuple()
        .one(tx)
        .await?;
    let (count, last) = found.unwrap_or_default();
    Ok((usize::try_from(count).unwrap_or(usize::MAX), last.unwrap_or(0)))
}

/// Moves an attribute and all behind it one place on, and gives the place that has become free.
async fn make_room(tx: &DatabaseTransaction, other: AttributeId) -> Result<i64> {
    let other = attribute::Entity::find_by_id(other).one(tx).await?;
    let other = other.ok_or_else(|| UserError::not_found("before", "attribute"))?;
    attribute::Entity::update_many()
        .col_expr(attribute::Column::Position, Expr::col(attribute::Column::Position).add(1))
        .filter(attribute::COLUMN.position.gte(other.position))
        .exec(tx)
        .await?;
    Ok(other.position)
}

async fn is_in_use(tx: &DatabaseTransaction, row: &attribute::Model) -> Result<bool> {
    let values = attribute_value::Entity::find().filter(attribute_value::COLUMN.attribute_id.eq(row.id)).limit(1);
    Ok(values.count(tx).await? > 0 || rules::name_attribute(tx, &row.code).await?)
}

/// Counts the change, records it and commits.
async fn finish(tx: DatabaseTransaction, actor: &Actor, id: AttributeId, details: impl Into<Details>) -> Result<()> {
    attribute::Entity::update_many()
        .col_expr(attribute::Column::Version, Expr::col(attribute::Column::Version).add(1))
        .col_expr(attribute::Column::UpdatedAt, Expr::value(Timestamp::now()))
        .filter(attribute::COLUMN.id.eq(id))
        .exec(&tx)
        .await?;
    event::record(&tx, actor, EventType::AttributeUpdated, Aggregate::Attribute(id), details).await?;
    tx.commit().await?;
    Ok(())
}

fn map_taken<T>(result: Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("attribute_code_key", || UserError::taken("input.code", "Another attribute has this code."))
        .on_unique("attribute_external_id_key", || {
            UserError::taken("input.externalId", "Another attribute has this external id.")
        })
}

fn row_of(id: AttributeId, input: AttributeCreateInput) -> Result<(attribute::Model, Vec<ChoiceSpec>)> {
    let mut checks = Checks::new("input");
    let (now, name) = (Timestamp::now(), checks.name("name", &input.name, "A name"));
    let row = attribute::Model {
        id,
        code: checks.word("code", input.code.as_deref(), &name),
        r#type: input.r#type,
        subject: input.subject,
        unit: unit(&mut checks, input.r#type, input.unit),
        is_filterable: input.is_filterable,
        position: 0,
        external_id: checks.external_id(input.external_id),
        created_at: now,
        updated_at: now,
        version: 1,
        name,
    };
    let choices = choice::read(&mut checks, input.r#type, input.choices);
    checks.finish()?;
    Ok((row, choices))
}

/// The row after an update.
fn apply(checks: &mut Checks, before: attribute::Model, input: AttributeUpdateInput) -> attribute::Model {
    attribute::Model {
        name: checks.needed("name", input.name).map_or(before.name, |name| checks.name("name", &name, "A name")),
        code: checks.needed("code", input.code).map_or(before.code, |code| checks.given_word("code", &code)),
        unit: unit(checks, before.r#type, input.unit.apply(before.unit)),
        is_filterable: checks.needed("isFilterable", input.is_filterable).unwrap_or(before.is_filterable),
        external_id: checks.external_id(input.external_id.apply(before.external_id)),
        ..before
    }
}

fn unit(checks: &mut Checks, r#type: AttributeType, unit: Option<String>) -> Option<String> {
    let unit = checks.optional("unit", unit, "The unit", UNIT_LENGTH);
    if unit.is_some() && r#type != AttributeType::Number {
        let message = "Only an attribute of the type NUMBER has a unit.";
        checks.push(UserError::invalid(checks.path("unit"), message));
    }
    unit
}

fn is_same(current: &[attribute_choice::Model], wanted: &[ChoiceSpec]) -> bool {
    let current = current.iter().map(|row| (&row.slug, &row.name, &row.color));
    current.eq(wanted.iter().map(|choice| (&choice.slug, &choice.name, &choice.color)))
}
