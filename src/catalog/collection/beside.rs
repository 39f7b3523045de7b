//! Puts a product into the collections in which another one is.

use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use serde_json::json;

use crate::auth::Actor;
use crate::catalog::collection::arrangement::SPACING;
use crate::clock::Timestamp;
use crate::db;
use crate::entity::{collection, collection_product};
use crate::error::Result;
use crate::event::{self, Aggregate, EventType};
use crate::id::{CollectionId, ProductId};

/// Adds a product to the end of every collection for which another one was picked by hand. The caller brings its
/// listings up to date.
pub async fn add(tx: &DatabaseTransaction, actor: &Actor, other: ProductId, product: ProductId) -> Result<()> {
    let collections = lock(tx, other).await?;
    if collections.is_empty() {
        return Ok(());
    }
    let places = (4..collections.len() + 4).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "INSERT INTO collection_product (collection_id, product_id, position)
        SELECT member.collection_id, $1, (
            SELECT MAX(last.position) + $2 FROM collection_product AS last
            WHERE last.collection_id = member.collection_id)
        FROM collection_product AS member
        WHERE member.product_id = $3 AND member.collection_id IN ({places})"
    );
    let values = [product.into(), SPACING.into(), other.into()];
    db::execute(tx, &sql, values.into_iter().chain(collections.iter().map(|id| (*id).into()))).await?;
    collection::Entity::update_many()
        .col_expr(collection::Column::Version, Expr::col(collection::Column::Version).add(1))
        .col_expr(collection::Column::UpdatedAt, Expr::value(Timestamp::now()))
        .filter(collection::COLUMN.id.is_in(collections.iter().copied()))
        .exec(tx)
        .await?;
    let added = json!({ "added": [product.to_string()] });
    let changes = collections
        .into_iter()
        .map(|id| (Aggregate::Collection(id), EventType::CollectionProductsChanged, added.clone()));
    let changes: Vec<_> = changes.collect();
    event::record_all(tx, actor, &changes).await
}

/// The collections for which a product was picked by hand, locked.
async fn lock(tx: &DatabaseTransaction, product: ProductId) -> Result<Vec<CollectionId>> {
    let collections = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .filter(collection::Column::Id.in_subquery(members_of(product).into_query()))
        .filter(collection::Column::Rules.is_null())
        // All who lock several do it in one order.
        .order_by_asc(collection::Column::Id)
        .lock(LockType::NoKeyUpdate);
    let locked: Vec<CollectionId> = collections.into_tuple().all(tx).await?;
    // Where it was taken out while this one waited, it is no member by now.
    let members = members_of(product).filter(collection_product::COLUMN.collection_id.is_in(locked));
    Ok(members.into_tuple().all(tx).await?)
}

fn members_of(product: ProductId) -> Select<collection_product::Entity> {
    collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::CollectionId)
        .filter(collection_product::COLUMN.product_id.eq(product))
        .order_by_asc(collection_product::Column::CollectionId)
}
