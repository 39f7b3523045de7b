//! Picks the products that are shown beside another one.

use std::collections::HashSet;

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Actor;
use crate::catalog::product::change;
use crate::catalog::product::service::ProductService;
use crate::db::all_set;
use crate::entity::{product, product_relation};
use crate::error::{Error, Result, UserError};
use crate::event::EventType;
use crate::id::ProductId;

/// The most products that are related to one.
pub const MAX_RELATED: usize = 20;

impl ProductService {
    /// Replaces the picks of a product. One that is named twice has its first place.
    pub async fn set_related(&self, actor: &Actor, id: ProductId, products: Vec<ProductId>) -> Result<()> {
        let mut seen = HashSet::new();
        let wanted: Vec<ProductId> = products.iter().copied().filter(|product| seen.insert(*product)).collect();
        if products.len() > MAX_RELATED {
            return Err(UserError::too_long("products", "The list of products", MAX_RELATED).into());
        }
        let writing = self.write(id, "id", None).await?;
        check(&writing.tx, id, &products).await?;
        if picks(&writing.tx, id).await? == wanted {
            return Ok(());
        }
        product_relation::Entity::delete_many()
            .filter(product_relation::COLUMN.product_id.eq(id))
            .exec(&writing.tx)
            .await?;
        let row = |(position, related_id)| product_relation::Model { product_id: id, related_id, position };
        let rows = (0_i64..).zip(wanted).map(row).map(all_set::<product_relation::Entity, _>);
        product_relation::Entity::insert_many(rows).exec_without_returning(&writing.tx).await?;
        writing.finish(actor, EventType::ProductUpdated, change::payload(&["relatedProducts"])).await
    }
}

async fn picks(tx: &DatabaseTransaction, id: ProductId) -> Result<Vec<ProductId>> {
    let picks = product_relation::Entity::find()
        .select_only()
        .column(product_relation::Column::RelatedId)
        .filter(product_relation::COLUMN.product_id.eq(id))
        .order_by_asc(product_relation::Column::Position);
    Ok(picks.into_tuple().all(tx).await?)
}

/// All must be there, and stay there until they are written; the product itself is none of them.
async fn check(tx: &DatabaseTransaction, id: ProductId, products: &[ProductId]) -> Result<()> {
    let found: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::COLUMN.id.is_in(products.iter().copied()))
        .order_by_asc(product::Column::Id)
        // Two products that are picked for each other at once do not wait for each other: both may still be changed.
        .lock(LockType::KeyShare)
        .into_tuple()
        .all(tx)
        .await?;
    let error = |(index, product): (usize, &ProductId)| {
        let path = format!("products.{index}");
        if *product == id {
            return Some(UserError::invalid(path, "A product is not related to itself."));
        }
        (!found.contains(product)).then(|| UserError::not_found(path, "product"))
    };
    let errors: Vec<UserError> = products.iter().enumerate().filter_map(error).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::User(errors)) }
}
