//! Brings the shop's products to what the records of a file say.

use std::io::Read;

use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, TransactionTrait};
use tokio::sync::mpsc;

use crate::auth::Actor;
use crate::catalog::product::service::{Writing, insert};
use crate::channel::{self, Market};
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::product;
use crate::error::{Error, Result, UserError};
use crate::event::{self, EventType};
use crate::id::StockLocationId;
use crate::stock;
use crate::transfer::overlay::{locate, overlay, slug};
use crate::transfer::product_record::{ProductRecord, RowError};
use crate::transfer::shopify::ShopifyReader;

/// Products in one transaction: enough to share the cost of a commit, few enough not to keep other writers waiting.
const BATCH: usize = 25;

/// How a file is imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The slug of the channel whose prices the file has; the default channel if absent.
    pub channel: Option<String>,
    /// Do everything, then undo it.
    pub is_dry_run: bool,
}

/// What became of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What an import tells while it runs.
pub enum Progress<'a> {
    /// One more product is dealt with.
    Done(Outcome),
    /// One more product is left out, and why.
    Failed(&'a [RowError]),
}

/// How many products met which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub failed: u64,
}

impl Summary {
    const fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }
}

type Record = Result<ProductRecord, Vec<RowError>>;

#[derive(Clone)]
pub struct ImportService {
    db: Db,
}

impl ImportService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Imports Shopify's product CSV. Fails as a whole only if the file is no such CSV or the database is gone.
    pub async fn import_shopify(
        &self,
        actor: &Actor,
        file: impl Read + Send + 'static,
        options: &ImportOptions,
        mut observe: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        let market = channel::find(self.db.reader(), options.channel.as_deref())
            .await?
            .ok_or_else(|| UserError::not_found("channel", "channel"))?;
        let location = stock::default_location(self.db.reader()).await?;
        let target = Target { actor, market: &market, location };
        let mut records = read(file);
        let (mut summary, mut batch) = (Summary::default(), Vec::with_capacity(BATCH));
        while records.recv_many(&mut batch, BATCH).await > 0 {
            let outcomes = self.apply_batch(&target, std::mem::take(&mut batch), options.is_dry_run).await?;
            for outcome in outcomes {
                match outcome {
                    Ok(outcome) => {
                        summary.count(outcome);
                        observe(Progress::Done(outcome));
                    }
                    Err(errors) => {
                        summary.failed += 1;
                        observe(Progress::Failed(&errors));
                    }
                }
            }
        }
        if summary.created + summary.updated > 0 && !options.is_dry_run {
            self.db.analyze().await?;
        }
        Ok(summary)
    }

    async fn apply_batch(
        &self,
        target: &Target<'_>,
        records: Vec<Record>,
        is_dry_run: bool,
    ) -> Result<Vec<Result<Outcome, Vec<RowError>>>> {
        let tx = self.db.begin().await?;
        let mut outcomes = Vec::with_capacity(records.len());
        for record in records {
            outcomes.push(match record {
                Ok(record) => target.apply(&tx, &record).await?,
                Err(errors) => Err(errors),
            });
        }
        if is_dry_run {
            tx.rollback().await?
        } else {
            tx.commit().await?
        }
        Ok(outcomes)
    }
}

/// Reads on a thread of its own, a little ahead, so that memory stays bounded.
fn read(file: impl Read + Send + 'static) -> mpsc::Receiver<Record> {
    let (sender, receiver) = mpsc::channel(2 * BATCH);
    tokio::task::spawn_blocking(move || {
        let reader = match ShopifyReader::new(file) {
            Ok(reader) => reader,
            Err(error) => {
                // The import may have ended early; then nobody wants to know.
                let _ = sender.blocking_send(Err(vec![error]));
                return;
            }
        };
        for record in reader {
            if sender.blocking_send(record).is_err() {
                return;
            }
        }
    });
    receiver
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
        let savepoint = tx.begin().await?;
        let row =
            product::Entity::find().filter(product::COLUMN.slug.eq(&slug)).lock_exclusive().one(&savepoint).await?;
        let written = match row {
            None => self.create(savepoint, record, slug).await,
            Some(row) => self.update(savepoint, record, slug, row).await,
        };
        match written {
            Ok(outcome) => Ok(outcome),
            Err(Error::User(errors)) => Ok(Err(errors.iter().map(|error| locate(record, error)).collect())),
            Err(error) => Err(error),
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
        insert(&savepoint, self.actor, self.market, &spec).await?;
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
        let wanted = match overlay(record, slug, Some(before.clone()), self.market.currency) {
            Ok(spec) => spec,
            Err(errors) => return Ok(Err(errors)),
        };
        if wanted == before {
            return Ok(Ok(Outcome::Unchanged));
        }
        writing.update_row(&wanted).await?;
        writing.sync(self.actor, &current, &wanted).await?;
        writing.finish(self.actor, EventType::ProductUpdated, event::nothing()).await?;
        Ok(Ok(Outcome::Updated))
    }
}
