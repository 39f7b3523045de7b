//! Pages of collections' members, of any number of collections at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, IntoSimpleExpr};

use crate::auth::Scope;
use crate::catalog::product::input::ProductSort;
use crate::catalog::product::list::{self, Among};
use crate::catalog::product::order::ListOrder;
use crate::catalog::product::row::{ProductFields, ProductRow};
use crate::db;
use crate::entity::collection_listing;
use crate::entity::product_channel;
use crate::error::{Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::graphql::page::{Cursor, Page, PageRequest};
use crate::id::CollectionId;

/// One page of a collection's members with what is asked of them, as they are there for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MembersOf {
    pub collection: CollectionId,
    pub page: MemberPage,
}

/// What pages have in common that one statement can answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberPage {
    pub scope: Scope,
    pub sort: ProductSort,
    pub fields: ProductFields,
    pub request: PageRequest,
}

/// SQLite takes at most 500 selects in a union.
const MAX_UNION: usize = 250;

type Row = (Cursor, Arc<ProductRow>);

impl Loader<MembersOf> for Batches {
    type Value = Arc<Page<Arc<ProductRow>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[MembersOf]) -> Result<HashMap<MembersOf, Self::Value>, SharedError> {
        let mut pages = HashMap::new();
        for (page, collections) in group(keys.iter().map(|key| (key.page.clone(), key.collection))) {
            for some in collections.chunks(MAX_UNION) {
                let mut rows = self.members(&page, some).await?;
                for collection in some {
                    let rows = rows.remove(collection).unwrap_or_default();
                    let key = MembersOf { collection: *collection, page: page.clone() };
                    pages.insert(key, Arc::new(Page::new(&page.request, rows)));
                }
            }
        }
        Ok(pages)
    }
}

impl Batches {
    async fn members(&self, page: &MemberPage, of: &[CollectionId]) -> Result<HashMap<CollectionId, Vec<Row>>> {
        let mut rows = Vec::new();
        let Some((last, others)) = of.split_last() else { return Ok(HashMap::new()) };
        let (order, mut first) = page.select(*last)?;
        let db = self.db.reader();
        let found = if others.is_empty() {
            db.query_all_raw(db::first(db, &first, page.request.rows())).await?
        } else {
            let inner = |page_of: &mut SelectStatement| inner(page_of.limit(page.request.rows()).take());
            let mut all = inner(&mut first);
            for collection in others {
                all.union(UnionType::All, inner(&mut page.select(*collection)?.1));
            }
            db.query_all(&all).await?
        };
        for row in found {
            let (cursor, product, column) = order.read(&row, page.fields)?;
            rows.push((row.try_get_by_index(column)?, (cursor, Arc::new(product))));
        }
        let mut pages: HashMap<CollectionId, Vec<Row>> = group(rows.into_iter());
        if !others.is_empty() {
            // A union promises no order.
            pages.values_mut().for_each(|rows| order.sort(rows, page.request.is_backward));
        }
        Ok(pages)
    }
}

impl MemberPage {
    fn select(&self, collection: CollectionId) -> Result<(ListOrder, SelectStatement)> {
        let among = Among::Members(collection);
        let order = ListOrder::new(Some(self.sort), among)?;
        let mut query = list::select(self.scope, among, self.fields, Condition::all());
        order.apply(&mut query, &self.request)?;
        query.expr(collection_listing::Column::CollectionId.into_simple_expr());
        Ok((order, query))
    }
}

/// SQLite takes a limit inside a union only in a sub-select.
fn inner(page: SelectStatement) -> SelectStatement {
    Query::select().expr(Expr::cust("*")).from_subquery(page, "page").take()
}

/// How many members a collection has that are there for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemberCountOf(pub Scope, pub CollectionId);

impl Loader<MemberCountOf> for Batches {
    type Value = u64;
    type Error = SharedError;

    async fn load(&self, keys: &[MemberCountOf]) -> Result<HashMap<MemberCountOf, u64>, SharedError> {
        let mut counts = HashMap::new();
        for (scope, collections) in group(keys.iter().map(|MemberCountOf(scope, id)| (*scope, *id))) {
            for row in
                self.db.reader().query_all(&count(scope, collections)).await.map_err(crate::error::Error::from)?
            {
                let id: CollectionId = row.try_get_by_index(0).map_err(crate::error::Error::from)?;
                let count: i64 = row.try_get_by_index(1).map_err(crate::error::Error::from)?;
                counts.insert(MemberCountOf(scope, id), u64::try_from(count).unwrap_or(0));
            }
        }
        Ok(counts)
    }
}

fn count(scope: Scope, collections: Vec<CollectionId>) -> SelectStatement {
    use collection_listing::Column as Member;
    let mut query = Query::select();
    query
        .expr(Member::CollectionId.into_simple_expr())
        .expr(Member::ProductId.into_simple_expr().count())
        .from(collection_listing::Entity)
        .and_where(Member::CollectionId.is_in(collections))
        .and_where(Member::ChannelId.eq(scope.channel))
        .group_by_col((collection_listing::Entity, Member::CollectionId));
    if !scope.sees_drafts {
        query.cond_where(collection_listing::is_shown_at(scope.now));
    } else if scope.only_assigned {
        query.and_where(Member::ProductId.in_subquery(product_channel::Entity::products_of(scope.channel)));
    }
    query
}
