//! The members of a collection, in the shop's order.

use std::collections::HashSet;

use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::catalog::listing;
use crate::entity::{collection_product, product};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::id::{CollectionId, ProductId};

/// The most products that are added or removed at once.
pub const MAX_PRODUCTS: usize = 250;
/// The most collections that a product is a member of.
const MAX_COLLECTIONS: u32 = 250;

/// Adds products to the end and tells which were no members yet.
pub async fn add(
    tx: &DatabaseTransaction,
    id: CollectionId,
    products: &[ProductId],
    path: &str,
) -> Result<Vec<ProductId>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    check(tx, products, path).await?;
    let members = collection_product::Entity::find()
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()))
        .all(tx)
        .await?;
    let mut known: HashSet<ProductId> = members.iter().map(|row| row.product_id).collect();
    let new: Vec<ProductId> = products.iter().copied().filter(|product| known.insert(*product)).collect();
    check_room(tx, &new, products, path).await?;
    let first = last_position(tx, id).await? + 1;
    let rows = (first..).zip(&new).map(|(position, product)| collection_product::ActiveModel {
        collection_id: Set(id),
        product_id: Set(*product),
        position: Set(position),
    });
    collection_product::Entity::insert_many(rows).exec_without_returning(tx).await?;
    listing::refresh_members(tx, id, Some(&new)).await?;
    Ok(new)
}

/// Takes products out and tells which were members.
pub async fn remove(tx: &DatabaseTransaction, id: CollectionId, products: &[ProductId]) -> Result<Vec<ProductId>> {
    if products.len() > MAX_PRODUCTS {
        return Err(UserError::too_long("products", "The list of products", MAX_PRODUCTS).into());
    }
    lock(tx, products).await?;
    let members: Vec<ProductId> = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()))
        .order_by_asc(collection_product::Column::Position)
        .into_tuple()
        .all(tx)
        .await?;
    collection_product::Entity::delete_many()
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .filter(collection_product::COLUMN.product_id.is_in(members.iter().copied()))
        .exec(tx)
        .await?;
    Ok(members)
}

async fn check(tx: &DatabaseTransaction, products: &[ProductId], path: &str) -> Result<()> {
    if products.len() > MAX_PRODUCTS {
        return Err(UserError::too_long(path, "The list of products", MAX_PRODUCTS).into());
    }
    let found = lock(tx, products).await?;
    let unknown = (0..).zip(products).filter(|(_, product)| !found.contains(product));
    let errors: Vec<UserError> =
        unknown.map(|(index, _): (usize, _)| UserError::not_found(format!("{path}.{index}"), "product")).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::User(errors)) }
}

/// Keeps products from being changed or deleted while their membership is: both bring listings up to date.
async fn lock(tx: &DatabaseTransaction, products: &[ProductId]) -> Result<HashSet<ProductId>> {
    let found: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::COLUMN.id.is_in(products.iter().copied()))
        // All who lock several do it in one order.
        .order_by_asc(product::Column::Id)
        .lock(LockType::Share)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(found.into_iter().collect())
}

/// A product lists its collections without pages, so there is an end to them.
async fn check_room(tx: &DatabaseTransaction, new: &[ProductId], products: &[ProductId], path: &str) -> Result<()> {
    let full: HashSet<ProductId> = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::COLUMN.product_id.is_in(new.iter().copied()))
        .group_by(collection_product::Column::ProductId)
        .having(collection_product::Column::CollectionId.count().gte(MAX_COLLECTIONS))
        .into_tuple()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let full = (0..).zip(products).filter(|(_, product)| full.contains(product));
    let errors: Vec<UserError> = full
        .map(|(index, _): (usize, _)| {
            let message = format!("A product is a member of at most {MAX_COLLECTIONS} collections.");
            UserError::new(UserErrorCode::TooLong, message)
                .at(format!("{path}.{index}"))
                .with_limit(MAX_COLLECTIONS.into())
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::User(errors)) }
}

async fn last_position(tx: &DatabaseTransaction, id: CollectionId) -> Result<i64> {
    let last: Option<Option<i64>> = collection_product::Entity::find()
        .select_only()
        .column_as(collection_product::Column::Position.max(), "last")
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}
