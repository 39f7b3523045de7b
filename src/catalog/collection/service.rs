//! What staff do to collections.

use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait};
use sea_orm::{QueryFilter, QuerySelect};
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::catalog::collection::input::{CollectionCreateInput, CollectionUpdateInput};
use crate::catalog::collection::members;
use crate::catalog::collection::publication;
use crate::catalog::collection::rule::input::CollectionRulesInput;
use crate::catalog::collection::rule::{Evaluator, GivenRules};
use crate::catalog::collection::told::Told;
use crate::catalog::collection::tree::Tree;
use crate::catalog::listing;
use crate::catalog::product::spec::ImageSpec;
use crate::catalog::redirect::{self, Owner};
use crate::catalog::status::{self, StatusChange};
use crate::channel;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::collection;
use crate::entity::publication_status::PublicationStatus;
use crate::error::{OnUnique, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::id::{CollectionId, ProductId};
use crate::patch::Patch;
use crate::text::fold;

/// The most collections that find their members by rules.
const MAX_RULE_MADE: u64 = 250;

#[derive(Clone)]
pub struct CollectionService {
    pub(super) db: Db,
    evaluator: Evaluator,
}

impl CollectionService {
    pub fn new(db: Db) -> Self {
        Self { evaluator: Evaluator::new(db.clone()), db }
    }

    /// Goes on with applying changed rules to the shop, also where another node has ended in the midst of it.
    pub async fn resume_evaluations(&self) -> Result<()> {
        self.evaluator.resume().await
    }

    pub async fn create(&self, actor: &Actor, mut input: CollectionCreateInput) -> Result<CollectionId> {
        let (id, products, parent) = (CollectionId::generate(), input.products.clone(), input.parent);
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let mut checks = Checks::new("input");
        let channels = channel::find_all(&tx, &mut checks, input.channels.take()).await?;
        let rules = given_rules(&tx, input.rules.take().map_or(Patch::Keep, Patch::Set)).await?;
        let mut row = row_of(&mut checks, id, input, rules);
        checks.finish()?;
        let is_rule_made = row.rules.is_some();
        if let Some(parent) = parent {
            Tree::lock(&tx).await?.check_place(id, parent)?;
        }
        row.position = next_position(&tx).await?;
        if is_rule_made {
            check_room_for_rules(&tx).await?;
        }
        let slug = row.slug.clone();
        map_taken(collection::Entity::insert(all_set::<collection::Entity, _>(row)).exec_without_returning(&tx).await)?;
        redirect::take(&tx, Owner::Collection(id), &slug).await?;
        publication::assign(&tx, id, &channels).await?;
        let members = members::add(&tx, id, &products, "input.products").await?;
        let payload = changed("products", &members);
        event::record(&tx, actor, EventType::CollectionCreated, Aggregate::Collection(id), payload).await?;
        tx.commit().await?;
        if is_rule_made {
            self.evaluator.start(id);
        }
        Ok(id)
    }

    pub async fn update(&self, actor: &Actor, id: CollectionId, mut input: CollectionUpdateInput) -> Result<()> {
        let strength = if matches!(input.rules, Patch::Keep) { LockType::NoKeyUpdate } else { LockType::Update };
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let rules = given_rules(&tx, std::mem::take(&mut input.rules)).await?;
        let tree = match input.parent {
            Patch::Set(_) => Some(Tree::lock(&tx).await?),
            Patch::Keep | Patch::Clear => None,
        };
        let before = lock(&tx, id, strength, input.expected_version).await?;
        let mut checks = Checks::new("input");
        let after = apply(&mut checks, before.clone(), input, rules);
        checks.finish()?;
        if after == before {
            return Ok(());
        }
        if after.parent_id != before.parent_id
            && let (Some(tree), Some(parent)) = (tree, after.parent_id)
        {
            tree.check_place(id, parent)?;
        }
        if before.rules.is_none() && after.rules.is_some() {
            check_room_for_rules(&tx).await?;
        }
        let (is_evaluating, is_picked) = (after.is_evaluating, after.rules.is_none());
        let details = Details::of_change(event::nothing(), &Told::of(&before), &Told::of(&after))?;
        write(&tx, &before, after).await?;
        if before.rules.is_some() && is_picked {
            members::pick_found(&tx, id).await?;
        }
        finish(tx, actor, id, EventType::CollectionUpdated, details).await?;
        if is_evaluating {
            self.evaluator.start(id);
        }
        Ok(())
    }

    pub async fn set_status(&self, actor: &Actor, id: CollectionId, change: StatusChange) -> Result<()> {
        let (tx, before) = self.lock(id).await?;
        let next = change.next(before.status)?;
        if next == before.status {
            return Ok(());
        }
        let change = collection::ActiveModel { id: Set(id), status: Set(next), ..Default::default() };
        collection::Entity::update(change).exec_without_returning(&tx).await?;
        let details = status::details(status::payload(before.status, next), before.status, next)?;
        finish(tx, actor, id, EventType::CollectionStatusChanged, details).await
    }

    /// Removes a collection that no other is part of; its products stay.
    pub async fn delete(&self, actor: &Actor, id: CollectionId) -> Result<()> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let row = lock(&tx, id, LockType::Update, None).await?;
        let children = collection::Entity::find().filter(collection::COLUMN.parent_id.eq(id)).count(&tx).await?;
        if children > 0 {
            let message = "Other collections are part of this one; move or delete them first.";
            return Err(UserError::in_use(message).into());
        }
        // Its members go with it, in an order that the database chooses.
        members::lock_places(&tx, id, None).await?;
        let payload = json!({ "slug": row.slug });
        event::record(&tx, actor, EventType::CollectionDeleted, Aggregate::Collection(id), payload).await?;
        collection::Entity::delete_by_id(id).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Adds products to the end of a collection; those that are members already stay where they are.
    pub async fn add_products(&self, actor: &Actor, id: CollectionId, products: Vec<ProductId>) -> Result<()> {
        let tx = self.lock_picked(id).await?;
        let added = members::add(&tx, id, &products, "products").await?;
        if added.is_empty() {
            return Ok(());
        }
        finish(tx, actor, id, EventType::CollectionProductsChanged, changed("added", &added)).await
    }

    /// Takes products out of a collection; those that are no members are passed over.
    pub async fn remove_products(&self, actor: &Actor, id: CollectionId, products: Vec<ProductId>) -> Result<()> {
        let tx = self.lock_picked(id).await?;
        let removed = members::remove(&tx, id, &products).await?;
        if removed.is_empty() {
            return Ok(());
        }
        finish(tx, actor, id, EventType::CollectionProductsChanged, changed("removed", &removed)).await
    }

    /// Begins a change of the members of a collection whose members are picked.
    pub(super) async fn lock_picked(&self, id: CollectionId) -> Result<DatabaseTransaction> {
        let (tx, row) = self.lock(id).await?;
        if row.rules.is_some() {
            let message = "The members of this collection are found by its rules; change these instead.";
            return Err(UserError::invalid("id", message).into());
        }
        Ok(tx)
    }

    /// Begins a change of a collection: it stays locked until the change is finished or dropped.
    pub(super) async fn lock(&self, id: CollectionId) -> Result<(DatabaseTransaction, collection::Model)> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let row = lock(&tx, id, LockType::NoKeyUpdate, None).await?;
        Ok((tx, row))
    }
}

/// Writes the row; a slug that it gives up goes on leading to the collection.
async fn write(tx: &DatabaseTransaction, before: &collection::Model, after: collection::Model) -> Result<()> {
    let (owner, slug) = (Owner::Collection(after.id), after.slug.clone());
    let change = all_set::<collection::Entity, _>(after);
    map_taken(collection::Entity::update(change).exec_without_returning(tx).await)?;
    redirect::change(tx, owner, (&before.slug, &slug), Timestamp::now()).await
}

/// The row, locked, if it has the version that is expected. The full lock is for changes of the rules and for deletions;
/// changes of products are in the way of it, and it is in theirs.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    id: CollectionId,
    strength: LockType,
    expected_version: Option<i32>,
) -> Result<collection::Model> {
    let row = collection::Entity::find_by_id(id).lock(strength).one(tx).await?;
    let row = row.ok_or_else(|| UserError::not_found("id", "collection"))?;
    if expected_version.is_some_and(|version| i64::from(version) != row.version) {
        return Err(UserError::conflict().into());
    }
    Ok(row)
}

pub(super) fn changed(how: &str, products: &[ProductId]) -> Value {
    json!({ how: products.iter().map(ToString::to_string).collect::<Vec<_>>() })
}

/// Counts the change, records what happened and commits.
pub(super) async fn finish(
    tx: DatabaseTransaction,
    actor: &Actor,
    id: CollectionId,
    r#type: EventType,
    details: impl Into<Details>,
) -> Result<()> {
    collection::Entity::update_many()
        .col_expr(collection::Column::Version, Expr::col(collection::Column::Version).add(1))
        .col_expr(collection::Column::UpdatedAt, Expr::value(Timestamp::now()))
        .filter(collection::COLUMN.id.eq(id))
        .exec(&tx)
        .await?;
    event::record(&tx, actor, r#type, Aggregate::Collection(id), details).await?;
    tx.commit().await?;
    Ok(())
}

async fn next_position(tx: &DatabaseTransaction) -> Result<i64> {
    let last: Option<Option<i64>> = collection::Entity::find()
        .select_only()
        .column_as(collection::Column::Position.max(), "last")
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

/// Rules with what they refer to, which stays as it is while the channels are shared.
async fn given_rules(tx: &DatabaseTransaction, rules: Patch<CollectionRulesInput>) -> Result<Patch<GivenRules>> {
    Ok(match rules {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(rules) => Patch::Set(GivenRules::find(tx, rules).await?),
    })
}

/// Every change of a product asks all rules, so there is an end to them.
async fn check_room_for_rules(tx: &DatabaseTransaction) -> Result<()> {
    let count = collection::Entity::find().filter(collection::Column::Rules.is_not_null()).count(tx).await?;
    if count < MAX_RULE_MADE {
        return Ok(());
    }
    let message = format!("At most {MAX_RULE_MADE} collections find their members by rules.");
    let limit = i64::try_from(MAX_RULE_MADE).unwrap_or(i64::MAX);
    Err(UserError::new(UserErrorCode::TooLong, message).at("input.rules").with_limit(limit).into())
}

fn map_taken<T>(result: Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("collection_slug_key", || UserError::taken("input.slug", "Another collection has this slug."))
        .on_unique("collection_external_id_key", || {
            UserError::taken("input.externalId", "Another collection has this external id.")
        })
}

fn row_of(
    checks: &mut Checks,
    id: CollectionId,
    input: CollectionCreateInput,
    rules: Patch<GivenRules>,
) -> collection::Model {
    let rules = rules.map(|rules| rules.read(checks)).apply(None);
    if rules.is_some() && !input.products.is_empty() {
        let message = "The members of a collection with rules are found by these; leave them out.";
        checks.push(UserError::invalid("input.products", message));
    }
    let (now, name) = (Timestamp::now(), checks.name("name", &input.name, "A name"));
    let (seo_title, seo_description) = checks.seo(input.seo);
    let image = input.image.map(|image| checks.within("image", |checks| ImageSpec::read(checks, image)));
    let (image_url, image_alt_text) = image.map_or((None, None), |image| (Some(image.url), image.alt_text));
    collection::Model {
        id,
        parent_id: input.parent,
        slug: checks.slug(input.slug.as_deref(), &name),
        name_key: fold(&name),
        description: checks.html("description", &input.description),
        status: input.status.unwrap_or(PublicationStatus::Draft),
        position: 0,
        is_evaluating: rules.is_some(),
        rules,
        evaluated_up_to: None,
        image_url,
        image_alt_text,
        seo_title,
        seo_description,
        external_id: checks.external_id(input.external_id),
        metadata: checks.metadata("metadata", input.metadata),
        private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        created_at: now,
        updated_at: now,
        version: 1,
        name,
    }
}

/// The row after an update.
fn apply(
    checks: &mut Checks,
    before: collection::Model,
    input: CollectionUpdateInput,
    rules: Patch<GivenRules>,
) -> collection::Model {
    let rules = rules.map(|rules| rules.read(checks)).apply(before.rules.clone());
    let (is_evaluating, evaluated_up_to) = match rules == before.rules {
        true => (before.is_evaluating, before.evaluated_up_to),
        false => (rules.is_some(), None),
    };
    let name = checks.needed("name", input.name).map_or(before.name, |name| checks.name("name", &name, "A name"));
    let (image_url, image_alt_text) = match input.image {
        Patch::Keep => (before.image_url, before.image_alt_text),
        Patch::Clear => (None, None),
        Patch::Set(image) => {
            let image = checks.within("image", |checks| ImageSpec::read(checks, image));
            (Some(image.url), image.alt_text)
        }
    };
    let (seo_title, seo_description) = match input.seo {
        Patch::Keep => (before.seo_title, before.seo_description),
        Patch::Clear => (None, None),
        Patch::Set(seo) => checks.seo(Some(seo)),
    };
    collection::Model {
        parent_id: input.parent.apply(before.parent_id),
        slug: checks.needed("slug", input.slug).map_or(before.slug, |slug| checks.given_slug(&slug)),
        name_key: fold(&name),
        description: input
            .description
            .into_change()
            .map_or(before.description, |html| checks.html("description", &html)),
        external_id: checks.external_id(input.external_id.apply(before.external_id)),
        metadata: checks.metadata_after("metadata", input.metadata, before.metadata),
        private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, before.private_metadata),
        rules,
        is_evaluating,
        evaluated_up_to,
        name,
        image_url,
        image_alt_text,
        seo_title,
        seo_description,
        ..before
    }
}
