//! Walks up from any number of collections in one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, Order, Query, SelectStatement, UnionType, WithClause, WithQuery,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Iterable, JoinType, QueryTrait};

use crate::auth::Scope;
use crate::entity::collection;
use crate::error::{Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::id::CollectionId;

/// What a collection is part of, from the top down to its parent; it begins below what is not there for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BreadcrumbsOf(pub Scope, pub CollectionId);

impl Loader<BreadcrumbsOf> for Batches {
    type Value = Vec<Arc<collection::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[BreadcrumbsOf]) -> Result<HashMap<BreadcrumbsOf, Self::Value>, SharedError> {
        let mut found: HashMap<BreadcrumbsOf, Self::Value> = HashMap::new();
        for (scope, ids) in group(keys.iter().map(|BreadcrumbsOf(scope, id)| (*scope, *id))) {
            for row in self.db.reader().query_all(&ways(scope, ids)).await? {
                let start: CollectionId = row.try_get("", "start_id")?;
                let above = collection::Model::from_query_result(&row, "")?;
                found.entry(BreadcrumbsOf(scope, start)).or_default().push(Arc::new(above));
            }
        }
        Ok(found)
    }
}

/// Everything above each of the collections as far as it is there for a reader, the top first.
fn ways(scope: Scope, ids: Vec<CollectionId>) -> WithQuery {
    let way = || Alias::new("way");
    let of_way = |column: &'static str| (way(), Alias::new(column));
    let steps = CommonTableExpression::new()
        .table_name(way())
        .columns([Alias::new("start_id"), Alias::new("above_id"), Alias::new("height")])
        .query(first_steps(scope, ids).union(UnionType::All, next_steps(scope)).take())
        .to_owned();
    let all = Query::select()
        .column(of_way("start_id"))
        .columns(collection::Column::iter().map(|column| (collection::Entity, column)))
        .from(way())
        .join(JoinType::InnerJoin, collection::Entity, is_above())
        .order_by(of_way("height"), Order::Desc)
        .take();
    all.with(WithClause::new().recursive(true).cte(steps).to_owned())
}

/// The parents of the collections.
fn first_steps(scope: Scope, ids: Vec<CollectionId>) -> SelectStatement {
    let start = Alias::new("start");
    let is_parent =
        Expr::col((start.clone(), collection::Column::ParentId)).equals((collection::Entity, collection::Column::Id));
    visible(scope)
        .column((start.clone(), collection::Column::Id))
        .column((collection::Entity, collection::Column::Id))
        .expr(Expr::cust("1"))
        .join_as(JoinType::InnerJoin, collection::Entity, start.clone(), is_parent)
        .and_where(Expr::col((start, collection::Column::Id)).is_in(ids))
        .take()
}

/// The parents of what was reached.
fn next_steps(scope: Scope) -> SelectStatement {
    let (way, below) = (Alias::new("way"), Alias::new("below"));
    let is_parent =
        Expr::col((below.clone(), collection::Column::ParentId)).equals((collection::Entity, collection::Column::Id));
    let is_reached = Expr::col((way.clone(), Alias::new("above_id"))).equals((below.clone(), collection::Column::Id));
    visible(scope)
        .column((way.clone(), Alias::new("start_id")))
        .column((collection::Entity, collection::Column::Id))
        .expr(Expr::col((way.clone(), Alias::new("height"))).add(1))
        .join_as(JoinType::InnerJoin, collection::Entity, below, is_parent)
        .join(JoinType::InnerJoin, way, is_reached)
        .take()
}

fn is_above() -> Expr {
    Expr::col((Alias::new("way"), Alias::new("above_id"))).equals((collection::Entity, collection::Column::Id))
}

/// What is there for a reader, without anything selected of it.
fn visible(scope: Scope) -> SelectStatement {
    collection::Entity::visible_in(scope).into_query().clear_selects().take()
}
