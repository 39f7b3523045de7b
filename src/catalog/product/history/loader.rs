//! Pages of the events of products, of any number of products at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Expr, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use sea_orm::{QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::entity::{event, staff_user};
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::graphql::page::{Cursor, CursorKey, Page, PageRequest};
use crate::id::{ProductId, StaffUserId};

/// The name of the one order: by number, the latest first.
pub const NEWEST: &str = "SEQUENCE_DESC";

/// One page of the events of a product.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HistoryOf {
    pub product: ProductId,
    pub request: PageRequest,
}

/// SQLite takes at most 500 selects in a union.
const MAX_UNION: usize = 250;

impl Loader<HistoryOf> for Batches {
    type Value = Arc<Page<Arc<event::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, Self::Value>, SharedError> {
        let mut pages = HashMap::new();
        for (request, products) in group(keys.iter().map(|key| (key.request.clone(), key.product))) {
            for some in products.chunks(MAX_UNION) {
                let mut rows = self.events(&request, some).await?;
                for product in some {
                    let rows = rows.remove(&product.uuid()).unwrap_or_default();
                    let key = HistoryOf { product: *product, request: request.clone() };
                    pages.insert(key, Arc::new(Page::new(&request, rows)));
                }
            }
        }
        Ok(pages)
    }
}

type Row = (Cursor, Arc<event::Model>);

impl Batches {
    async fn events(&self, request: &PageRequest, products: &[ProductId]) -> Result<HashMap<Uuid, Vec<Row>>> {
        let mut statement: Option<SelectStatement> = None;
        for product in products {
            // SQLite takes a limit inside a union only in a sub-select.
            let page = select(request, *product)?;
            let page = Query::select().expr(Expr::cust("*")).from_subquery(page, "page").take();
            statement = Some(match statement {
                Some(mut all) => all.union(UnionType::All, page).take(),
                None => page,
            });
        }
        let Some(statement) = statement else { return Ok(HashMap::new()) };
        let mut rows = Vec::new();
        for row in self.db.reader().query_all(&statement).await? {
            rows.push(event::Model::from_query_result(&row, "")?);
        }
        // A union promises no order.
        rows.sort_by_key(|row| if request.is_backward { row.sequence } else { -row.sequence });
        Ok(group(rows.into_iter().map(|row| (row.aggregate_id, (cursor(&row), Arc::new(row))))))
    }
}

fn cursor(row: &event::Model) -> Cursor {
    Cursor { sort: NEWEST.to_owned(), key: CursorKey::Number(row.sequence), id: row.id.uuid() }
}

fn of_products(products: impl IntoIterator<Item = ProductId>) -> sea_orm::Select<event::Entity> {
    event::Entity::find()
        .filter(event::COLUMN.aggregate_type.eq(ProductId::PREFIX))
        .filter(event::COLUMN.aggregate_id.is_in(products.into_iter().map(ProductId::uuid)))
}

fn select(request: &PageRequest, product: ProductId) -> Result<SelectStatement> {
    let mut query = of_products([product]).limit(request.rows());
    if let Some(edge) = &request.edge {
        let CursorKey::Number(sequence) = edge.key else {
            return Err(Error::BadInput("This is not a cursor that this list gave.".into()));
        };
        let sequence_of = event::COLUMN.sequence;
        query = query.filter(if request.is_backward { sequence_of.gt(sequence) } else { sequence_of.lt(sequence) });
    }
    let order = if request.is_backward { sea_orm::Order::Asc } else { sea_orm::Order::Desc };
    Ok(query.order_by(event::Column::Sequence, order).into_query())
}

/// How many events a product has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventCountOf(pub ProductId);

impl Loader<EventCountOf> for Batches {
    type Value = u64;
    type Error = SharedError;

    async fn load(&self, keys: &[EventCountOf]) -> Result<HashMap<EventCountOf, u64>, SharedError> {
        let counts: Vec<(Uuid, i64)> = of_products(keys.iter().map(|key| key.0))
            .select_only()
            .column(event::Column::AggregateId)
            .column_as(event::Column::Id.count(), "count")
            .group_by(event::Column::AggregateId)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let counted = |(id, count): (Uuid, i64)| (EventCountOf(id.into()), u64::try_from(count).unwrap_or(0));
        Ok(counts.into_iter().map(counted).collect())
    }
}

/// The name of a staff user, for those who may read what staff did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaffNameOf(pub StaffUserId);

impl Loader<StaffNameOf> for Batches {
    type Value = String;
    type Error = SharedError;

    async fn load(&self, keys: &[StaffNameOf]) -> Result<HashMap<StaffNameOf, String>, SharedError> {
        let names: Vec<(StaffUserId, String)> = staff_user::Entity::find()
            .select_only()
            .column(staff_user::Column::Id)
            .column(staff_user::Column::Name)
            .filter(staff_user::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .into_tuple()
            .all(self.db.reader())
            .await?;
        Ok(names.into_iter().map(|(id, name)| (StaffNameOf(id), name)).collect())
    }
}
