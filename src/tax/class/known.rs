//! Whether the classes that an input names are there.

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::checks::Checks;
use crate::entity::tax_class;
use crate::error::{Result, UserError};
use crate::id::TaxClassId;

/// Sees to it that a class is there, and stays until the transaction ends. The field is one of the input that is
/// checked.
pub async fn check_class(
    tx: &DatabaseTransaction,
    checks: &mut Checks,
    field: &str,
    class: Option<TaxClassId>,
) -> Result<()> {
    check_all(tx, checks, class.map(|class| (field.to_owned(), class)).as_slice()).await
}

/// The same for several fields, by one statement; by none where no class is named.
pub async fn check_all(tx: &DatabaseTransaction, checks: &mut Checks, named: &[(String, TaxClassId)]) -> Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let found = tax_class::Entity::find()
        .select_only()
        .column(tax_class::Column::Id)
        .filter(tax_class::COLUMN.id.is_in(named.iter().map(|(_, class)| *class)))
        // All who lock several do it in one order.
        .order_by_asc(tax_class::Column::Id)
        .lock(LockType::Share);
    let found: Vec<TaxClassId> = found.into_tuple().all(tx).await?;
    for (field, class) in named {
        if !found.contains(class) {
            checks.push(UserError::not_found(checks.path(field), "tax class"));
        }
    }
    Ok(())
}
