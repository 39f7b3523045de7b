//! The members of a collection, in the shop's order.

use std::collections::HashSet;

use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::catalog::collection::arrangement::{Arrangement, SPACING};
use crate::catalog::collection::input::CollectionProductMoveInput;
use crate::catalog::listing;
use crate::db;
use crate::entity::{collection, collection_product, product};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::id::{CollectionId, ProductId};

/// The most products that are added or removed at once.
pub const MAX_PRODUCTS: usize = 250;
/// The most collections that a product is picked for; rules may find it for as many more.
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
    let last = last_position(tx, id).await?;
    let rows = (1..).zip(&new).map(|(number, product): (i64, _)| collection_product::ActiveModel {
        collection_id: Set(id),
        product_id: Set(*product),
        position: Set(last.saturating_add(number.saturating_mul(SPACING))),
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

/// Moves members one after the other and tells which stand at another place then.
pub async fn reorder(
    tx: &DatabaseTransaction,
    id: CollectionId,
    moves: &[CollectionProductMoveInput],
) -> Result<Vec<ProductId>> {
    let mut members = Arrangement::new(placed(tx, id).await?);
    check_moves(&members, moves)?;
    for CollectionProductMoveInput { product, position } in moves {
        members.shift(*product, usize::try_from(*position).unwrap_or_default());
    }
    if !members.has_changed() {
        return Ok(Vec::new());
    }
    let changes = match members.changes() {
        Some(changes) => changes,
        None => {
            lock_places(tx, id, None).await?;
            place_by(tx, id, "member.position").await?;
            members.spread();
            members.changes().ok_or_else(|| Error::internal("there is no room between places that are far apart"))?
        }
    };
    let moved: Vec<ProductId> = changes.iter().map(|(product, _)| *product).collect();
    lock_places(tx, id, Some(&moved)).await?;
    place(tx, id, &changes).await?;
    listing::refresh_places(tx, id).await?;
    Ok(moved)
}

/// Gives members that were found by rules places of their own, in the order of their names.
pub async fn pick_found(tx: &DatabaseTransaction, id: CollectionId) -> Result<()> {
    place_by(tx, id, "product.name_key").await?;
    listing::refresh_places(tx, id).await
}

/// The members in their order.
async fn placed(tx: &DatabaseTransaction, id: CollectionId) -> Result<Vec<(ProductId, i64)>> {
    let members = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .column(collection_product::Column::Position)
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .order_by_asc(collection_product::Column::Position)
        .order_by_asc(collection_product::Column::ProductId);
    Ok(members.into_tuple().all(tx).await?)
}

fn check_moves(members: &Arrangement, moves: &[CollectionProductMoveInput]) -> Result<()> {
    if moves.len() > MAX_PRODUCTS {
        return Err(UserError::too_long("moves", "The list of moves", MAX_PRODUCTS).into());
    }
    let mut errors = Vec::new();
    for (index, CollectionProductMoveInput { product, position }) in moves.iter().enumerate() {
        if !members.contains(*product) {
            let message = "This product is no member of the collection.";
            errors.push(UserError::not_found(format!("moves.{index}.product"), "").with_message(message));
        }
        if *position < 0 {
            let message = "Positions are counted from 0.";
            errors.push(UserError::invalid(format!("moves.{index}.position"), message));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::User(errors)) }
}

/// Keeps changes of products from writing the places of before to the listing: they hold their memberships meanwhile.
pub async fn lock_places(tx: &DatabaseTransaction, id: CollectionId, products: Option<&[ProductId]>) -> Result<()> {
    let rows = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::COLUMN.collection_id.eq(id))
        .apply_if(products, |rows, products| {
            rows.filter(collection_product::COLUMN.product_id.is_in(products.iter().copied()))
        })
        .order_by_asc(collection_product::Column::ProductId)
        .lock_exclusive();
    rows.into_tuple::<ProductId>().all(tx).await?;
    Ok(())
}

/// Writes the places of some members.
async fn place(tx: &DatabaseTransaction, id: CollectionId, places: &[(ProductId, i64)]) -> Result<()> {
    use collection_product::Column as C;
    let rows = places.iter().map(|(product, position)| collection_product::ActiveModel {
        collection_id: Set(id),
        product_id: Set(*product),
        position: Set(*position),
    });
    let replace = OnConflict::columns([C::CollectionId, C::ProductId]).update_column(C::Position).to_owned();
    collection_product::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Gives all members new places, in the order of an expression.
async fn place_by(tx: &DatabaseTransaction, id: CollectionId, order: &str) -> Result<()> {
    let sql = format!(
        "UPDATE collection_product SET position = placed.number * $2
        FROM (SELECT member.product_id, ROW_NUMBER() OVER (ORDER BY {order}, member.product_id) AS number
              FROM collection_product AS member JOIN product ON product.id = member.product_id
              WHERE member.collection_id = $1) AS placed
        WHERE collection_product.collection_id = $1 AND collection_product.product_id = placed.product_id"
    );
    db::execute(tx, &sql, [id.into(), SPACING.into()]).await.map(drop)
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
    let found_by_rules = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .filter(collection::Column::Rules.is_not_null());
    let full: HashSet<ProductId> = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::COLUMN.product_id.is_in(new.iter().copied()))
        .filter(collection_product::Column::CollectionId.not_in_subquery(found_by_rules.into_query()))
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
            let message = format!("A product is picked for at most {MAX_COLLECTIONS} collections.");
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
