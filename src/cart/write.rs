//! Writes what has changed of a cart: at most three statements, however much it is.

use std::collections::HashMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::cart::content::Content;
use crate::db::all_set;
use crate::entity::{cart, cart_line};
use crate::error::Result;

/// Brings the rows to how a cart shall stand; its row is locked.
pub async fn difference(tx: &DatabaseTransaction, before: &Content, after: &Content) -> Result<()> {
    let old: HashMap<_, _> = before.lines.iter().map(|line| (line.id, line)).collect();
    let changed = after.lines.iter().filter(|line| old.get(&line.id).is_none_or(|old| *old != *line));
    let changed: Vec<_> = changed.cloned().collect();
    let new: HashMap<_, _> = after.lines.iter().map(|line| (line.id, line)).collect();
    // A line whose attributes change is written anew, so that two can exchange theirs.
    let goes = |line: &&cart_line::Model| new.get(&line.id).is_none_or(|new| new.attributes_key != line.attributes_key);
    let gone: Vec<_> = before.lines.iter().filter(goes).map(|line| line.id).collect();
    if !gone.is_empty() {
        cart_line::Entity::delete_many().filter(cart_line::COLUMN.id.is_in(gone)).exec(tx).await?;
    }
    lines(tx, changed).await?;
    cart::Entity::update(all_set::<cart::Entity, _>(after.row.clone())).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes lines, new ones and those that are there.
pub async fn lines(tx: &DatabaseTransaction, lines: Vec<cart_line::Model>) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    use cart_line::Column;
    let replace =
        OnConflict::column(Column::Id).update_columns([Column::CartId, Column::Quantity, Column::SeenMinor]).to_owned();
    cart_line::Entity::insert_many(lines.into_iter().map(all_set::<cart_line::Entity, _>))
        .on_conflict(replace)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
