//! Applies changed rules to the whole shop, a batch of products at a time.
//!
//! How far it has come stands in the collection's row, so any node can go on where another one ended, and two that do
//! it at once only do more than is needed. A batch holds the row's full lock; a product that changes meanwhile has either
//! come before it, and is seen, or comes after it, and applies the rules itself.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::auth::Actor;
use crate::catalog::collection::rule::matching;
use crate::catalog::listing;
use crate::db::{self, Db};
use crate::entity::{collection, product};
use crate::error::Result;
use crate::event::{self, Aggregate, EventType};
use crate::id::{CollectionId, ProductId};

/// Products in one transaction: enough to share its cost, few enough not to keep those who change them waiting.
const BATCH: u64 = 500;

/// Applies rules in the background of this node.
#[derive(Clone)]
pub struct Evaluator {
    db: Db,
    /// What this node is at, and whether it was asked again meanwhile.
    running: Arc<Mutex<HashMap<CollectionId, bool>>>,
}

/// What came of a batch.
enum Step {
    /// There are more products.
    More,
    /// The collection has changed since its rules were looked at.
    Changed,
    /// All products are dealt with, or nothing is to be done any more.
    Done,
}

impl Evaluator {
    pub fn new(db: Db) -> Self {
        Self { db, running: Arc::default() }
    }

    /// Begins or goes on with a collection. A failure leaves it as it is, for the next time that somebody looks.
    pub fn start(&self, id: CollectionId) {
        if self.running().entry(id).and_modify(|again| *again = true).or_insert(false) == &true {
            return;
        }
        let evaluator = self.clone();
        tokio::spawn(async move {
            loop {
                let result = evaluator.evaluate(id).await;
                let is_failure = result.is_err();
                if let Err(error) = result {
                    tracing::warn!(collection.id = %id, %error, cause = ?error, "its rules are not applied to all products yet");
                }
                let mut running = evaluator.running();
                match running.get_mut(&id) {
                    Some(again) if *again && !is_failure => *again = false,
                    _ => {
                        running.remove(&id);
                        return;
                    }
                }
            }
        });
    }

    /// Goes on with everything that is not finished, whoever began it.
    pub async fn resume(&self) -> Result<()> {
        let unfinished: Vec<CollectionId> = collection::Entity::find()
            .select_only()
            .column(collection::Column::Id)
            .filter(collection::COLUMN.is_evaluating.eq(true))
            .order_by_asc(collection::Column::Id)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        unfinished.into_iter().for_each(|id| self.start(id));
        Ok(())
    }

    fn running(&self) -> MutexGuard<'_, HashMap<CollectionId, bool>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn evaluate(&self, id: CollectionId) -> Result<()> {
        while let Some(version) = self.version(id).await? {
            // Who began to change a product before these rules were there does not apply them; it has to be over.
            self.db.outlast("collection").await?;
            loop {
                match self.step(id, version).await? {
                    Step::More => {}
                    Step::Changed => break,
                    Step::Done => return Ok(()),
                }
            }
        }
        Ok(())
    }

    /// The version of a collection whose rules are being applied.
    async fn version(&self, id: CollectionId) -> Result<Option<i64>> {
        let query = collection::Entity::find_by_id(id).filter(collection::COLUMN.is_evaluating.eq(true));
        Ok(query.one(self.db.reader()).await?.map(|row| row.version))
    }

    async fn step(&self, id: CollectionId, version: i64) -> Result<Step> {
        let tx = self.db.begin().await?;
        listing::share_channels(&tx).await?;
        let row = collection::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let Some(row) = row.filter(|row| row.is_evaluating) else { return Ok(Step::Done) };
        if row.version != version {
            return Ok(Step::Changed);
        }
        let rules = row.rules.and_then(|rules| matching::read(id, rules));
        let Some(rules) = rules else { return Ok(Step::Done) };
        let products = next(&tx, row.evaluated_up_to).await?;
        let difference = matching::apply(&tx, &BTreeMap::from([(id, rules)]), &products).await?;
        let written: Vec<ProductId> = difference.written.iter().map(|(_, product)| *product).collect();
        listing::refresh_members(&tx, id, Some(&written)).await?;
        let last = products.last().copied().filter(|_| u64::try_from(products.len()).is_ok_and(|count| count == BATCH));
        let change = collection::ActiveModel {
            id: Set(id),
            is_evaluating: Set(last.is_some()),
            evaluated_up_to: Set(last),
            ..Default::default()
        };
        collection::Entity::update(change).exec_without_returning(&tx).await?;
        if last.is_none() {
            let whole = Aggregate::Collection(id);
            event::record(&tx, &Actor::System, EventType::CollectionProductsChanged, whole, event::nothing()).await?;
        }
        tx.commit().await?;
        Ok(if last.is_some() { Step::More } else { Step::Done })
    }
}

/// The products after one, in the order of their ids.
async fn next(tx: &DatabaseTransaction, after: Option<ProductId>) -> Result<Vec<ProductId>> {
    let query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .apply_if(after, |query, after| query.filter(product::COLUMN.id.gt(after)))
        .order_by_asc(product::Column::Id);
    let rows = tx.query_all_raw(db::first(tx, &query.into_query(), BATCH)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}
