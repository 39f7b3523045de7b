//! Who belongs to which group.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{customer_group, customer_group_member as member};
use crate::error::{Result, UserError};
use crate::id::{CustomerGroupId, CustomerId};

/// Puts a customer into groups that are there.
pub async fn add_to(
    tx: &DatabaseTransaction,
    customer: CustomerId,
    groups: &[CustomerGroupId],
    path: &str,
) -> Result<()> {
    let known = customer_group::Entity::find().filter(customer_group::COLUMN.id.is_in(groups.iter().copied()));
    let known = known.all(tx).await?;
    if let Some(index) = groups.iter().position(|id| !known.iter().any(|row| row.id == *id)) {
        return Err(UserError::not_found(format!("{path}.{index}"), "group").into());
    }
    insert(tx, groups.iter().map(|group| (*group, customer))).await.map(drop)
}

/// Puts customers into a group, and tells how many were not in it.
pub async fn insert(
    tx: &DatabaseTransaction,
    members: impl Iterator<Item = (CustomerGroupId, CustomerId)>,
) -> Result<u64> {
    let rows = members
        .map(|(group, customer)| member::ActiveModel { customer_group_id: Set(group), customer_id: Set(customer) });
    let stand = OnConflict::new().do_nothing().to_owned();
    Ok(member::Entity::insert_many(rows).on_conflict(stand).exec_without_returning(tx).await?)
}

/// Takes customers out of a group, and tells how many were in it.
pub async fn remove(tx: &DatabaseTransaction, group: CustomerGroupId, customers: &[CustomerId]) -> Result<u64> {
    let gone = member::Entity::delete_many()
        .filter(member::COLUMN.customer_group_id.eq(group))
        .filter(member::COLUMN.customer_id.is_in(customers.iter().copied()))
        .exec(tx)
        .await?;
    Ok(gone.rows_affected)
}

/// The names of a customer's groups.
pub async fn names_of(db: &impl ConnectionTrait, customer: CustomerId) -> Result<Vec<String>> {
    let rows = member::Entity::find()
        .select_only()
        .column(customer_group::Column::Name)
        .join(JoinType::InnerJoin, member::Entity::to_group())
        .filter(member::COLUMN.customer_id.eq(customer))
        .order_by_asc(customer_group::Column::NameKey);
    Ok(rows.into_tuple().all(db).await?)
}
