//! The related products of any number of products at once, in a handful of statements.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Scope;
use crate::catalog::collection::member_loader::{MemberPage, MembersOf};
use crate::catalog::product::input::{ProductSort, ProductSortField};
use crate::catalog::product::loader::ProductIn;
use crate::catalog::product::related::filling::fill;
use crate::catalog::product::related::service::MAX_RELATED;
use crate::catalog::product::row::{ProductFields, ProductRow};
use crate::entity::{collection, collection_product, product_relation};
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::graphql::page::PageRequest;
use crate::graphql::scalar::SortDirection;
use crate::id::{CollectionId, ProductId};

/// The most collections whose members fill up.
const MAX_SOURCES: usize = 5;

/// Related products as they are there for a reader.
pub async fn load(
    loader: &DataLoader<Batches>,
    scope: Scope,
    product: ProductId,
    first: i32,
) -> Result<Vec<Arc<ProductRow>>, SharedError> {
    let count = usize::try_from(first).ok().filter(|count| (1..=MAX_RELATED).contains(count));
    let count = count
        .ok_or_else(|| Error::BadInput(format!("\"first\" must be between 1 and {MAX_RELATED}; {first} was given.")))?;
    let related = loader.load_one(RelatedTo { scope, product, count }).await?.unwrap_or_default();
    let mut rows = loader.load_many(related.iter().map(|id| ProductIn(scope, *id))).await?;
    Ok(related.iter().filter_map(|id| rows.remove(&ProductIn(scope, *id))).collect())
}

/// The ids of so many products that are related to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct RelatedTo {
    scope: Scope,
    product: ProductId,
    count: usize,
}

impl Loader<RelatedTo> for Batches {
    type Value = Vec<ProductId>;
    type Error = SharedError;

    async fn load(&self, keys: &[RelatedTo]) -> Result<HashMap<RelatedTo, Vec<ProductId>>, SharedError> {
        let mut found = HashMap::new();
        for ((scope, count), products) in group(keys.iter().map(|key| ((key.scope, key.count), key.product))) {
            let picks = self.picks(scope, &products).await?;
            let picks_of = |product| picks.get(&product).map(Vec::as_slice).unwrap_or_default();
            let short = products.iter().copied().filter(|product| picks_of(*product).len() < count).collect();
            let sources = self.sources(scope, short).await?;
            let members = self.first_members(scope, count, &sources).await?;
            for product in products {
                let sources = sources.get(&product).map(Vec::as_slice).unwrap_or_default();
                let members = sources.iter().filter_map(|(_, source)| members.get(source)).map(Vec::as_slice);
                let key = RelatedTo { scope, product, count };
                found.insert(key, fill(product, picks_of(product), members, count));
            }
        }
        Ok(found)
    }
}

/// A collection with the order of its members.
type Source = (ProductSortField, CollectionId);

impl Batches {
    /// What the shop has picked, in its order.
    async fn picks(&self, scope: Scope, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<ProductId>>> {
        let pairs: Vec<(ProductId, ProductId)> = product_relation::Entity::visible_in(scope)
            .select_only()
            .column(product_relation::Column::ProductId)
            .column(product_relation::Column::RelatedId)
            .filter(product_relation::COLUMN.product_id.is_in(products.iter().copied()))
            .order_by_asc(product_relation::Column::Position)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        Ok(group(pairs.into_iter()))
    }

    /// The first collections of products, in the shop's order.
    async fn sources(&self, scope: Scope, products: Vec<ProductId>) -> Result<HashMap<ProductId, Vec<Source>>> {
        if products.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(ProductId, CollectionId, bool)> = collection::Entity::visible_in(scope)
            .join(JoinType::InnerJoin, collection::Entity::to_member())
            .select_only()
            .column(collection_product::Column::ProductId)
            .column(collection::Column::Id)
            .expr_as(collection::Column::Rules.is_not_null(), "has_rules")
            .filter(collection_product::COLUMN.product_id.is_in(products))
            .order_by_asc(collection::Column::Position)
            .order_by_asc(collection::Column::Id)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let source = |(product, id, has_rules)| {
            let order = if has_rules { ProductSortField::Name } else { ProductSortField::Manual };
            (product, (order, id))
        };
        let mut sources = group(rows.into_iter().map(source));
        sources.values_mut().for_each(|sources| sources.truncate(MAX_SOURCES));
        Ok(sources)
    }

    /// The first members of collections: one more than is wanted, because the product itself may be among them.
    async fn first_members(
        &self,
        scope: Scope,
        count: usize,
        sources: &HashMap<ProductId, Vec<Source>>,
    ) -> Result<HashMap<CollectionId, Vec<ProductId>>, SharedError> {
        let size = u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
        let key = |(field, collection): Source| {
            let request = PageRequest { size, is_backward: false, edge: None };
            let sort = ProductSort { field, direction: SortDirection::Asc };
            MembersOf { collection, page: MemberPage { scope, sort, fields: ProductFields::empty(), request } }
        };
        let sources: HashSet<Source> = sources.values().flatten().copied().collect();
        let keys: Vec<MembersOf> = sources.into_iter().map(key).collect();
        let pages = Loader::<MembersOf>::load(self, &keys).await?;
        let ids = |(key, page): (MembersOf, Arc<crate::graphql::page::Page<Arc<ProductRow>>>)| {
            (key.collection, page.rows.iter().map(|(_, row)| row.id).collect())
        };
        Ok(pages.into_iter().map(ids).collect())
    }
}
