//! Applies files of lines, some lines to a transaction.

use std::io::Read;

use sea_orm::DatabaseTransaction;
use tokio::sync::oneshot;

use crate::catalog::listing;
use crate::db::Db;
use crate::error::Result;
use crate::transfer::attempt::persistently;
use crate::transfer::background::{self, Item};
use crate::transfer::import::{Outcome, Progress, Summary};
use crate::transfer::line::{Kind, Line, LineReader};
use crate::transfer::table::RowError;

/// Lines in one transaction: enough to share the cost of a commit, few enough not to keep other writers waiting.
const BATCH: usize = 100;

/// What lines of a kind are applied to.
pub trait Apply<T> {
    /// Brings the shop to what the lines say, and tells what became of each.
    async fn apply(&self, tx: &DatabaseTransaction, lines: &[Line<T>]) -> Result<Vec<Result<Outcome, RowError>>>;
}

/// Applies a file. One that cannot be read as what it should be counts as one failure, which says why.
pub async fn run<K: Kind>(
    db: &Db,
    (kind, file): (K, impl Read + Send + 'static),
    target: &impl Apply<K::Value>,
    is_dry_run: bool,
    mut observe: impl FnMut(Progress<'_>),
) -> Result<Summary> {
    let (told, unused) = oneshot::channel();
    let mut lines = background::read(2 * BATCH, move || {
        let reader = LineReader::new(kind, file)?;
        // Who asked may be gone; then nobody reads the lines either.
        let _ = told.send(reader.unused());
        Ok(reader)
    });
    if let Ok(unused) = unused.await
        && !unused.is_empty()
    {
        observe(Progress::Unused(&unused));
    }
    let mut summary = Summary::default();
    loop {
        let batch = lines.next_batch(BATCH).await;
        if batch.is_empty() {
            return Ok(summary);
        }
        for outcome in apply_batch(db, batch, target, is_dry_run).await? {
            summary.note(outcome, &mut observe);
        }
    }
}

async fn apply_batch<T>(
    db: &Db,
    batch: Vec<Item<Line<T>>>,
    target: &impl Apply<T>,
    is_dry_run: bool,
) -> Result<Vec<Item<Outcome>>> {
    let (mut lines, mut refused) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
    for item in batch {
        match item {
            Ok(line) => {
                lines.push(line);
                refused.push(None);
            }
            Err(errors) => refused.push(Some(errors)),
        }
    }
    let outcomes = persistently(async || {
        let tx = db.begin().await?;
        // Before any other lock, as all do who bring listings up to date.
        listing::share_channels(&tx).await?;
        let outcomes = target.apply(&tx, &lines).await?;
        if is_dry_run {
            tx.rollback().await?
        } else {
            tx.commit().await?
        }
        Ok(outcomes)
    });
    let mut outcomes = outcomes.await?.into_iter();
    // In the order of the file, each line's outcome stands where its line stood.
    let outcome = |refused: Option<Vec<RowError>>| match refused {
        Some(errors) => Some(Err(errors)),
        None => outcomes.next().map(|outcome| outcome.map_err(|error| vec![error])),
    };
    Ok(refused.into_iter().filter_map(outcome).collect())
}
