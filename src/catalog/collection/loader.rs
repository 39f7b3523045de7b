//! What fields ask of collections, a batch at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Scope;
use crate::catalog::product::input::ProductSort;
use crate::catalog::product::order::ListOrder;
use crate::catalog::product::read::ListedProduct;
use crate::entity::{collection, collection_listing, collection_product, product, product_listing};
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::{Batches, group, shared};
use crate::graphql::page::{Page, PageRequest};
use crate::id::{CollectionId, ProductId};

/// The collection of an id, as it is there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionKey(pub Scope, pub CollectionId);

impl Loader<CollectionKey> for Batches {
    type Value = Arc<collection::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[CollectionKey]) -> Result<HashMap<CollectionKey, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|CollectionKey(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope).filter(collection::COLUMN.id.is_in(ids));
            let rows = rows.all(self.db.reader()).await?;
            found.extend(rows.into_iter().map(|row| (CollectionKey(scope, row.id), Arc::new(row))));
        }
        Ok(found)
    }
}

/// The collections that are part of one, in the shop's order, as they are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChildrenOf(pub Scope, pub CollectionId);

impl Loader<ChildrenOf> for Batches {
    type Value = Arc<Vec<Arc<collection::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChildrenOf]) -> Result<HashMap<ChildrenOf, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|ChildrenOf(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope)
                .filter(collection::COLUMN.parent_id.is_in(ids))
                .order_by_asc(collection::Column::Position)
                .order_by_asc(collection::Column::Id)
                .all(self.db.reader())
                .await?;
            let of_parent = |row: collection::Model| Some((ChildrenOf(scope, row.parent_id?), Arc::new(row)));
            found.extend(shared(rows.into_iter().filter_map(of_parent)));
        }
        Ok(found)
    }
}

/// The collections that a product is a member of, in the shop's order, as they are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CollectionsOf(pub Scope, pub ProductId);

impl Loader<CollectionsOf> for Batches {
    type Value = Arc<Vec<Arc<collection::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[CollectionsOf]) -> Result<HashMap<CollectionsOf, Self::Value>, SharedError> {
        let mut found = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|CollectionsOf(scope, id)| (*scope, *id))) {
            let rows = collection::Entity::visible_in(scope)
                .join(JoinType::InnerJoin, collection::Entity::to_member())
                .select_also(collection_product::Entity)
                .filter(collection_product::COLUMN.product_id.is_in(ids))
                .order_by_asc(collection::Column::Position)
                .order_by_asc(collection::Column::Id)
                .all(self.db.reader())
                .await?;
            let of_product = |(row, member): (_, Option<collection_product::Model>)| {
                Some((CollectionsOf(scope, member?.product_id), Arc::new(row)))
            };
            found.extend(shared(rows.into_iter().filter_map(of_product)));
        }
        Ok(found)
    }
}

/// One page of a collection's members, as the actor may see them in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MembersOf {
    pub scope: Scope,
    pub collection: CollectionId,
    pub sort: Option<ProductSort>,
    pub request: PageRequest,
}

/// SQLite takes at most 500 selects in a union.
const MAX_UNION: usize = 250;

/// What all pages have in common that one statement can answer.
type Shape = (Scope, Option<ProductSort>, PageRequest);

impl Loader<MembersOf> for Batches {
    type Value = Arc<Page<Arc<ListedProduct>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[MembersOf]) -> Result<HashMap<MembersOf, Self::Value>, SharedError> {
        let shapes = keys.iter().map(|key| ((key.scope, key.sort, key.request.clone()), key.collection));
        let mut pages = HashMap::new();
        for (shape, collections) in group(shapes) {
            for some in collections.chunks(MAX_UNION) {
                pages.extend(self.members(&shape, some).await?);
            }
        }
        Ok(pages)
    }
}

impl Batches {
    /// Pages of the same shape of several collections: which products are on them, then these products.
    async fn members(
        &self,
        (scope, sort, request): &Shape,
        collections: &[CollectionId],
    ) -> Result<HashMap<MembersOf, Arc<Page<Arc<ListedProduct>>>>> {
        let order = ListOrder::of_members(*sort);
        let mut statement: Option<SelectStatement> = None;
        for collection in collections {
            let mut page = select_members(*scope);
            page.and_where(collection_listing::COLUMN.collection_id.eq(*collection));
            order.apply(&mut page, request)?;
            // SQLite takes a limit inside a union only in a sub-select.
            let page = Query::select().expr(Expr::cust("*")).from_subquery(page, "page").take();
            statement = Some(match statement {
                Some(mut all) => all.union(UnionType::All, page).take(),
                None => page,
            });
        }
        let Some(statement) = statement else { return Ok(HashMap::new()) };
        let mut places = Vec::new();
        for row in self.db.reader().query_all(&statement).await? {
            let collection: CollectionId = row.try_get_by_index(0)?;
            let product: ProductId = row.try_get_by_index(1)?;
            let position: i64 = row.try_get_by_index(2)?;
            places.push((collection, product, position));
        }
        let products = self.listed(*scope, places.iter().map(|(_, product, _)| *product).collect()).await?;
        let rows = places.into_iter().filter_map(|(collection, product, position)| {
            let row = Arc::clone(products.get(&product)?);
            Some((collection, (order.cursor(&row, position), row)))
        });
        let mut rows = group(rows);
        let page = |collection: &CollectionId| {
            let rows = rows.remove(collection).unwrap_or_default();
            let key = MembersOf { scope: *scope, collection: *collection, sort: *sort, request: request.clone() };
            (key, Arc::new(Page::new(request, rows)))
        };
        Ok(collections.iter().map(page).collect())
    }

    async fn listed(&self, scope: Scope, ids: BTreeSet<ProductId>) -> Result<HashMap<ProductId, Arc<ListedProduct>>> {
        let rows = product::Entity::visible_in(scope)
            .filter(product::COLUMN.id.is_in(ids))
            .select_also(product_listing::Entity)
            .all(self.db.reader())
            .await?;
        rows.into_iter()
            .map(|(product, listing)| {
                let listing = listing.ok_or_else(|| Error::internal("a listed product has no listing"))?;
                Ok((product.id, Arc::new((product, listing))))
            })
            .collect()
    }
}

/// The members that are there for a reader, with their place.
fn select_members(scope: Scope) -> SelectStatement {
    let mut select = Query::select();
    select
        .column((collection_listing::Entity, collection_listing::Column::CollectionId))
        .column((collection_listing::Entity, collection_listing::Column::ProductId))
        .column((collection_listing::Entity, collection_listing::Column::Position))
        .from(collection_listing::Entity)
        .and_where(collection_listing::COLUMN.channel_id.eq(scope.channel));
    if !scope.sees_drafts {
        select.cond_where(collection_listing::is_shown_at(scope.now));
    }
    select
}

/// How many members a collection has that the actor may see in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberCountOf(pub Scope, pub CollectionId);

impl Loader<MemberCountOf> for Batches {
    type Value = u64;
    type Error = SharedError;

    async fn load(&self, keys: &[MemberCountOf]) -> Result<HashMap<MemberCountOf, u64>, SharedError> {
        let mut counts = HashMap::new();
        for (scope, collections) in group(keys.iter().map(|MemberCountOf(scope, id)| (*scope, *id))) {
            let mut statement = select_members(scope);
            let collection = (collection_listing::Entity, collection_listing::Column::CollectionId);
            statement
                .clear_selects()
                .column(collection)
                .expr(Expr::col((collection_listing::Entity, collection_listing::Column::ProductId)).count())
                .and_where(collection_listing::COLUMN.collection_id.is_in(collections))
                .group_by_col(collection);
            for row in self.db.reader().query_all(&statement).await? {
                let id: CollectionId = row.try_get_by_index(0)?;
                let count: i64 = row.try_get_by_index(1)?;
                counts.insert(MemberCountOf(scope, id), u64::try_from(count).unwrap_or(0));
            }
        }
        Ok(counts)
    }
}
