//! Pages of the codes of promotions, of any number of promotions at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::sea_query::{Expr, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait};

use crate::entity::promotion_code::{self as row, Column};
use crate::error::{Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::graphql::page::{Cursor, CursorKey, Page, PageRequest};
use crate::id::PromotionId;
use crate::keyset::Keyset;

/// The name of the one order: the newest first.
pub const NEWEST: &str = "created down";

const ORDER: Keyset<Column> = Keyset { key: Column::CreatedAt, id: Column::Id, is_text: false, is_descending: true };

/// One page of the codes of a promotion.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodesOf {
    pub promotion: PromotionId,
    pub request: PageRequest,
}

/// SQLite takes at most 500 selects in a union.
const MAX_UNION: usize = 250;

type Row = (Cursor, Arc<row::Model>);

impl Loader<CodesOf> for Batches {
    type Value = Arc<Page<Arc<row::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[CodesOf]) -> Result<HashMap<CodesOf, Self::Value>, SharedError> {
        let mut pages = HashMap::new();
        for (request, promotions) in group(keys.iter().map(|key| (key.request.clone(), key.promotion))) {
            for some in promotions.chunks(MAX_UNION) {
                let mut rows = self.codes(&request, some).await?;
                for promotion in some {
                    let rows = rows.remove(promotion).unwrap_or_default();
                    let key = CodesOf { promotion: *promotion, request: request.clone() };
                    pages.insert(key, Arc::new(Page::new(&request, rows)));
                }
            }
        }
        Ok(pages)
    }
}

impl Batches {
    async fn codes(&self, request: &PageRequest, of: &[PromotionId]) -> Result<HashMap<PromotionId, Vec<Row>>> {
        let mut statement: Option<SelectStatement> = None;
        for promotion in of {
            let page = row::Entity::find().filter(row::COLUMN.promotion_id.eq(*promotion));
            // SQLite takes a limit inside a union only in a sub-select.
            let page = ORDER.page(page, request)?.into_query();
            let page = Query::select().expr(Expr::cust("*")).from_subquery(page, "page").take();
            statement = Some(match statement {
                Some(mut all) => all.union(UnionType::All, page).take(),
                None => page,
            });
        }
        let Some(statement) = statement else { return Ok(HashMap::new()) };
        let mut rows = Vec::new();
        for found in self.db.reader().query_all(&statement).await? {
            rows.push(row::Model::from_query_result(&found, "")?);
        }
        // A union promises no order.
        rows.sort_by_key(|row| (row.created_at, row.id));
        if !request.is_backward {
            rows.reverse();
        }
        Ok(group(rows.into_iter().map(|row| (row.promotion_id, (cursor(&row), Arc::new(row))))))
    }
}

fn cursor(row: &row::Model) -> Cursor {
    Cursor { sort: NEWEST.to_owned(), key: CursorKey::Number(row.created_at.as_micros()), id: row.id.uuid() }
}

/// How many codes a promotion has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeCountOf(pub PromotionId);

impl Loader<CodeCountOf> for Batches {
    type Value = u64;
    type Error = SharedError;

    async fn load(&self, keys: &[CodeCountOf]) -> Result<HashMap<CodeCountOf, u64>, SharedError> {
        let counts: Vec<(PromotionId, i64)> = row::Entity::find()
            .select_only()
            .column(Column::PromotionId)
            .column_as(Column::Id.count(), "count")
            .filter(row::COLUMN.promotion_id.is_in(keys.iter().map(|key| key.0)))
            .group_by(Column::PromotionId)
            .into_tuple()
            .all(self.db.reader())
            .await?;
        Ok(counts.into_iter().map(|(id, count)| (CodeCountOf(id), u64::try_from(count).unwrap_or(0))).collect())
    }
}
