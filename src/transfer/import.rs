//! Brings the shop's products to what the records of a file say.

use std::collections::HashMap;
use std::io::Read;

use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    TransactionTrait,
};

use crate::auth::Actor;
use crate::catalog::listing;
use crate::catalog::product::change;
use crate::catalog::product::publication;
use crate::catalog::product::service::{Writing, insert};
use crate::catalog::product::spec::ProductSpec;
use crate::catalog::variant;
use crate::channel::{self, Market};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{product, product_variant};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, EventType};
use crate::id::{ProductId, StockLocationId};
use crate::stock;
use crate::text::fold;
use crate::transfer::attempt::persistently;
use crate::transfer::background::{self, Item};
use crate::transfer::overlay::{Standing, locate, overlay, slug, taken_sku};
use crate::transfer::product_record::{ProductRecord, RowError, VariantRecord};
use crate::transfer::shopify::ShopifyReader;

/// Products in one transaction: enough to share the cost of a commit, few enough not to keep other writers waiting.
const BATCH: usize = 25;

/// How a file is imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The slug of the channel whose prices the file has, and which shows what is new or has its first price there; the
    /// default channel if absent.
    pub channel: Option<String>,
    /// Do everything, then undo it.
    pub is_dry_run: bool,
}

/// What became of one product, or of one line about a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What an import tells while it runs.
pub enum Progress<'a> {
    /// The file has columns of which nothing is known.
    Unused(&'a [String]),
    /// One more product or line is dealt with.
    Done(Outcome),
    /// One more product or line is left out, and why.
    Failed(&'a [RowError]),
}

/// How many products or lines met which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub failed: u64,
}

impl Summary {
    /// Counts one more and tells the observer.
    pub(super) fn note(&mut self, outcome: Item<Outcome>, observe: &mut impl FnMut(Progress<'_>)) {
        match &outcome {
            Ok(Outcome::Created) => self.created += 1,
            Ok(Outcome::Updated) => self.updated += 1,
            Ok(Outcome::Unchanged) => self.unchanged += 1,
            Err(_) => self.failed += 1,
        }
        match &outcome {
            Ok(outcome) => observe(Progress::Done(*outcome)),
            Err(errors) => observe(Progress::Failed(errors)),
        }
    }
}

type Record = Item<ProductRecord>;

#[derive(Clone)]
pub struct ImportService {
    pub(super) db: Db,
}

impl ImportService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Imports Shopify's product CSV. Fails as a whole only if there is no such channel or the database is gone; a file
    /// that cannot be read as such a CSV counts as one failure, which says why.
    pub async fn import_shopify(
        &self,
        actor: &Actor,
        file: impl Read + Send + 'static,
        options: &ImportOptions,
        mut observe: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        find_market(self.db.reader(), options).await?;
        let mut records = background::read(2 * BATCH, || ShopifyReader::new(file));
        let mut summary = Summary::default();
        loop {
            let batch = records.next_batch(BATCH).await;
            if batch.is_empty() {
                break;
            }
            let outcomes = persistently(async || self.apply_batch(actor, &batch, options).await).await?;
            outcomes.into_iter().for_each(|outcome| summary.note(outcome, &mut observe));
        }
        if summary.created + summary.updated > 0 && !options.is_dry_run {
            // The products are in; that the planner knows less than it could is no failure of the import.
            if let Err(error) = self.db.analyze().await {
                tracing::warn!(%error, "the database's statistics could not be brought up to date");
            }
        }
        Ok(summary)
    }

    async fn apply_batch(
        &self,
        actor: &Actor,
        records: &[Record],
        options: &ImportOptions,
    ) -> Result<Vec<Result<Outcome, Vec<RowError>>>> {
        let mut turns: Vec<(usize, &Record)> = records.iter().enumerate().collect();
        let tx = self.db.begin().await?;
        // Prices are read in the channel's currency, which must not change before they are written.
        listing::share_channels(&tx).await?;
        let market = find_market(&tx, options).await?;
        let target = Target { actor, market: &market, location: stock::default_location(&tx).await? };
        let slug = |record: &Record| record.as_ref().ok().and_then(|record| slug(record).ok());
        let known = lock_known(&tx, records.iter().filter_map(slug)).await?;
        // First those that are there, in the order in which all lock them, then new ones in an order that two imports
        // share, so that nobody waits for another in a circle.
        turns.sort_by_cached_key(|(_, record)| {
            let slug = slug(record);
            let id = slug.as_ref().and_then(|slug| known.get(slug)).copied();
            (id.is_none(), id, slug)
        });
        let mut outcomes = Vec::with_capacity(turns.len());
        for (place, record) in turns {
            let outcome = match record {
                Ok(record) => target.apply(&tx, record).await?,
                Err(errors) => Err(errors.clone()),
            };
            outcomes.push((place, outcome));
        }
        if options.is_dry_run {
            tx.rollback().await?
        } else {
            tx.commit().await?
        }
        outcomes.sort_by_key(|(place, _)| *place);
        Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
    }
}

/// The market whose prices a file has.
pub(super) async fn find_market(db: &impl ConnectionTrait, options: &ImportOptions) -> Result<Market> {
    let market = channel::find(db, options.channel.as_deref()).await?;
    market.ok_or_else(|| UserError::not_found("channel", "channel").into())
}

/// Locks the products of slugs in the order of their ids, as all do who lock several.
async fn lock_known(
    tx: &DatabaseTransaction,
    slugs: impl Iterator<Item = String>,
) -> Result<HashMap<String, ProductId>> {
    let known: Vec<(String, ProductId)> = product::Entity::find()
        .select_only()
        .columns([product::Column::Slug, product::Column::Id])
        .filter(product::COLUMN.slug.is_in(slugs))
        .order_by_asc(product::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(known.into_iter().collect())
}

/// For whom and where products are written.
struct Target<'a> {
    actor: &'a Actor,
    market: &'a Market,
    location: StockLocationId,
}

impl Target<'_> {
    /// Brings one product to what its record says: all of it, or nothing and the reasons.
    async fn apply(&self, tx: &DatabaseTransaction, record: &ProductRecord) -> Result<Result<Outcome, Vec<RowError>>> {
        let slug = match slug(record) {
            Ok(slug) => slug,
            Err(error) => return Ok(Err(vec![error])),
        };
        let written = match self.write(tx, record, &slug).await {
            // Somebody has made the product since it was looked for; now it is there to be updated.
            Err(Error::User(errors)) if is_taken(&errors, "slug") => self.write(tx, record, &slug).await,
            written => written,
        };
        match written {
            Ok(outcome) => Ok(outcome),
            Err(Error::User(errors)) if is_taken(&errors, "sku") => {
                let taken = taken_skus(tx, record, &slug).await?;
                Ok(Err(if taken.is_empty() { located(record, &errors) } else { taken }))
            }
            Err(Error::User(errors)) => Ok(Err(located(record, &errors))),
            Err(error) => Err(error),
        }
    }

    /// Creates or updates the product; what fails is undone.
    async fn write(
        &self,
        tx: &DatabaseTransaction,
        record: &ProductRecord,
        slug: &str,
    ) -> Result<Result<Outcome, Vec<RowError>>> {
        let savepoint = tx.begin().await?;
        let row = product::Entity::find()
            .filter(product::COLUMN.slug.eq(slug))
            .lock(LockType::NoKeyUpdate)
            .one(&savepoint)
            .await?;
        match row {
            None => self.create(savepoint, record, slug.to_owned()).await,
            Some(row) => self.update(savepoint, record, slug.to_owned(), row).await,
        }
    }

    async fn create(
        &self,
        savepoint: DatabaseTransaction,
        record: &ProductRecord,
        slug: String,
    ) -> Result<Result<Outcome, Vec<RowError>>> {
        let spec = match overlay(record, slug, None, self.market.currency) {
            Ok(spec) => spec,
            Err(errors) => return Ok(Err(errors)),
        };
        insert(&savepoint, self.actor, self.market, &spec, &[self.market.channel.id]).await?;
        savepoint.commit().await?;
        Ok(Ok(Outcome::Created))
    }

    async fn update(
        &self,
        savepoint: DatabaseTransaction,
        record: &ProductRecord,
        slug: String,
        product: product::Model,
    ) -> Result<Result<Outcome, Vec<RowError>>> {
        let (market, location) = (self.market.clone(), self.location);
        let mut writing = Writing { tx: savepoint, product, market, location, now: Timestamp::now() };
        let (current, before) = writing.read().await?;
        let standing = Standing { spec: before.clone(), archived: current.archived() };
        let mut wanted = match overlay(record, slug, Some(standing), self.market.currency) {
            Ok(spec) => spec,
            Err(errors) => return Ok(Err(errors)),
        };
        if wanted == before {
            return Ok(Ok(Outcome::Unchanged));
        }
        if without_stock(&wanted) == without_stock(&before) {
            writing.count_stock(self.actor, &current, &wanted).await?;
            return Ok(Ok(Outcome::Updated));
        }
        variant::sync::identify_all(&current, &mut wanted.variants);
        writing.update_row(&wanted).await?;
        writing.sync(self.actor, &current, &wanted).await?;
        if has_price(&wanted) && !has_price(&before) {
            publication::assign(&writing.tx, writing.product.id, &[self.market.channel.id]).await?;
        }
        let channel = self.market.channel.id;
        let of_variants = variant::events::of(writing.product.id, channel, &current, &wanted.variants);
        event::record_all(&writing.tx, self.actor, &of_variants).await?;
        let changes = change::payload(&change::fields(&before, &wanted));
        writing.finish(self.actor, EventType::ProductUpdated, changes).await?;
        Ok(Ok(Outcome::Updated))
    }
}

fn without_stock(spec: &ProductSpec) -> ProductSpec {
    let mut spec = spec.clone();
    spec.variants.iter_mut().for_each(|variant| variant.on_hand = None);
    spec
}

fn has_price(spec: &ProductSpec) -> bool {
    spec.variants.iter().any(|variant| variant.price.is_some())
}

fn located(record: &ProductRecord, errors: &[UserError]) -> Vec<RowError> {
    errors.iter().map(|error| locate(record, error)).collect()
}

/// Whether the value of a field, of the product or of a variant, belongs to another one already.
fn is_taken(errors: &[UserError], field: &str) -> bool {
    let names_field = |path: &Vec<String>| path.last().is_some_and(|name| name == field);
    errors.iter().any(|error| error.code == UserErrorCode::Taken && error.field.as_ref().is_some_and(names_field))
}

/// Which of the record's SKUs other products have, and where in the file they stand.
async fn taken_skus(tx: &DatabaseTransaction, record: &ProductRecord, slug: &str) -> Result<Vec<RowError>> {
    let skus: Vec<_> =
        record.variants.iter().filter_map(|variant| Some((variant, variant.sku.as_ref().value()?))).collect();
    let variants = product_variant::Entity::find()
        .filter(product_variant::COLUMN.sku_key.is_in(skus.iter().map(|(_, sku)| fold(sku))))
        .all(tx)
        .await?;
    let products = product::Entity::find()
        .filter(product::Column::Id.is_in(variants.iter().map(|variant| variant.product_id)))
        .all(tx)
        .await?;
    let others: HashMap<_, _> =
        products.into_iter().filter(|other| other.slug != slug).map(|other| (other.id, other.slug)).collect();
    let owners: HashMap<_, _> =
        variants.into_iter().filter_map(|row| Some((row.sku_key?, others.get(&row.product_id)?))).collect();
    let refuse = |(variant, sku): &(&VariantRecord, &String)| {
        let owner = owners.get(&fold(sku))?;
        Some(taken_sku(record, variant.line, sku, owner))
    };
    Ok(skus.iter().filter_map(refuse).collect())
}
