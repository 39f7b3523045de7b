//! What staff do to the codes of promotions.

use std::collections::{BTreeSet, HashSet};

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

use crate::auth::Actor;
use crate::bulk;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::promotion_code as row;
use crate::error::{Error, Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::id::{PromotionCodeId, PromotionId};
use crate::promotion::code::input::{PromotionCodesAddInput, PromotionCodesGenerateInput};
use crate::promotion::code::made_up::make_up;
use crate::promotion::service::lock;
use crate::promotion::spec::check_limit;
use crate::text::fold;

/// The most codes of one promotion.
const MOST: u64 = 100_000;
const MOST_MADE_UP: usize = 1_000;
const PREFIX_LENGTH: usize = 20;
/// How often clashing codes are replaced by others, which never takes more than a turn or two.
const TURNS: usize = 20;

#[derive(Clone)]
pub struct PromotionCodeService {
    db: Db,
}

impl PromotionCodeService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Enters codes, all or none.
    pub async fn add(&self, actor: &Actor, id: PromotionId, input: PromotionCodesAddInput) -> Result<Vec<row::Model>> {
        bulk::check_size("input.codes", input.codes.len())?;
        let mut checks = Checks::new("input");
        let limit = input.usage_limit.and_then(|limit| check_limit(&mut checks, "usageLimit", limit));
        let rows = check_all(&mut checks, id, &input.codes, limit);
        checks.finish()?;
        let tx = self.db.begin().await?;
        check_room(&tx, id, rows.len(), "input.codes").await?;
        let new = insert(&tx, &rows).await?;
        let mut checks = Checks::new("input");
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| !new.contains(&row.id)) {
            let message = format!("The code \"{}\" is there already.", row.code);
            checks.push(UserError::taken(checks.path(&format!("codes.{index}")), message));
        }
        checks.finish()?;
        finish(tx, actor, id, ("added", rows.len())).await?;
        Ok(rows)
    }

    /// Makes codes up.
    pub async fn generate(
        &self,
        actor: &Actor,
        id: PromotionId,
        input: PromotionCodesGenerateInput,
    ) -> Result<Vec<row::Model>> {
        let mut checks = Checks::new("input");
        let count = within(&mut checks, "count", input.count, (1, MOST_MADE_UP));
        let length = within(&mut checks, "length", input.length, (8, 16));
        let limit = input.usage_limit.and_then(|limit| check_limit(&mut checks, "usageLimit", limit));
        let prefix = input.prefix.unwrap_or_default().trim().to_owned();
        if prefix.chars().count() > PREFIX_LENGTH {
            checks.push(UserError::too_long("input.prefix", "The prefix", PREFIX_LENGTH));
        } else if !prefix.chars().all(is_of_code) {
            checks.push(UserError::invalid("input.prefix", "A prefix is made of letters, digits, - and _."));
        }
        checks.finish()?;
        let tx = self.db.begin().await?;
        check_room(&tx, id, count, "input.count").await?;
        let mut made = Vec::new();
        for _ in 0..TURNS {
            let codes = make_up(&prefix, length, count - made.len());
            let rows: Vec<_> = codes.into_iter().map(|(key, code)| new_row(id, code, key, limit)).collect();
            let new = insert(&tx, &rows).await?;
            made.extend(rows.into_iter().filter(|row| new.contains(&row.id)));
            if made.len() == count {
                finish(tx, actor, id, ("added", count)).await?;
                return Ok(made);
            }
        }
        Err(Error::internal("random codes are there again and again"))
    }

    /// Removes codes of a promotion; what is none of its codes is left alone.
    pub async fn remove(&self, actor: &Actor, id: PromotionId, codes: &[PromotionCodeId]) -> Result<()> {
        bulk::check_size("codes", codes.len())?;
        let tx = self.db.begin().await?;
        lock(&tx, id).await?;
        let gone = row::Entity::delete_many()
            .filter(row::COLUMN.promotion_id.eq(id))
            .filter(row::COLUMN.id.is_in(codes.iter().copied()))
            .exec(&tx)
            .await?;
        finish(tx, actor, id, ("removed", usize::try_from(gone.rows_affected).unwrap_or(usize::MAX))).await
    }
}

/// Records how many codes came or went; where that is none, nothing has happened.
async fn finish(tx: DatabaseTransaction, actor: &Actor, id: PromotionId, (what, count): (&str, usize)) -> Result<()> {
    if count > 0 {
        let r#type = EventType::PromotionCodesChanged;
        event::record(&tx, actor, r#type, Aggregate::Promotion(id), json!({ what: count })).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Locks the promotion, and sees to it that it can have so many more codes.
async fn check_room(tx: &DatabaseTransaction, id: PromotionId, more: usize, path: &str) -> Result<()> {
    if !lock(tx, id).await?.needs_code {
        let message = "This promotion applies without a code; let it need one first.";
        return Err(UserError::invalid("id", message).into());
    }
    let there = row::Entity::find().filter(row::COLUMN.promotion_id.eq(id)).count(tx).await?;
    if there.saturating_add(u64::try_from(more).unwrap_or(u64::MAX)) <= MOST {
        return Ok(());
    }
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    Err(UserError::limit_exceeded(path, format!("A promotion has at most {MOST} codes."), limit).into())
}

/// Writes the codes that nobody else has, and gives their ids.
async fn insert(tx: &DatabaseTransaction, rows: &[row::Model]) -> Result<HashSet<PromotionCodeId>> {
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    // Whoever writes the same codes at the same time writes them in the same order, so neither waits in a circle.
    let mut sorted: Vec<_> = rows.to_vec();
    sorted.sort_unstable_by(|one, other| one.code_key.cmp(&other.code_key));
    let stand = OnConflict::column(row::Column::CodeKey).do_nothing().to_owned();
    let sorted = sorted.into_iter().map(all_set::<row::Entity, _>);
    row::Entity::insert_many(sorted).on_conflict(stand).exec_without_returning(tx).await?;
    there(tx, rows.iter().map(|row| row.id)).await
}

async fn there(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = PromotionCodeId> + Send,
) -> Result<HashSet<PromotionCodeId>> {
    let found = row::Entity::find().select_only().column(row::Column::Id).filter(row::COLUMN.id.is_in(ids));
    let found: Vec<PromotionCodeId> = found.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

fn check_all(checks: &mut Checks, id: PromotionId, codes: &[String], limit: Option<i64>) -> Vec<row::Model> {
    let mut keys = BTreeSet::new();
    let mut rows = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        let (code, path) = (code.trim(), checks.path(&format!("codes.{index}")));
        let key = fold(code);
        if !(3..=40).contains(&code.chars().count()) || !code.chars().all(is_of_code) {
            let message = "A code is made of 3 to 40 letters, digits, hyphens and underscores.";
            checks.push(UserError::invalid(path, message));
        } else if !keys.insert(key.clone()) {
            checks.push(UserError::taken(path, format!("The code \"{code}\" is in the list twice.")));
        } else {
            rows.push(new_row(id, code.to_owned(), key, limit));
        }
    }
    rows
}

fn is_of_code(letter: char) -> bool {
    letter.is_alphanumeric() || ['-', '_'].contains(&letter)
}

fn within(checks: &mut Checks, field: &str, number: i32, (least, most): (usize, usize)) -> usize {
    match usize::try_from(number) {
        Ok(number) if number >= least && number <= most => number,
        _ => {
            let limit = i64::try_from(most).unwrap_or(i64::MAX);
            let error = UserError::invalid(checks.path(field), format!("This is a number from {least} to {most}."));
            checks.push(error.with_limit(limit));
            least
        }
    }
}

fn new_row(promotion_id: PromotionId, code: String, code_key: String, usage_limit: Option<i64>) -> row::Model {
    let created_at = Timestamp::now();
    row::Model { id: PromotionCodeId::generate(), promotion_id, code, code_key, usage_limit, created_at }
}
