//! Finds and lists products as the actor may see them in a market.

use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryResult};

use crate::auth::Actor;
use crate::catalog::product::filter::CheckedFilter;
use crate::catalog::product::input::{ProductFilter, ProductSort};
use crate::catalog::product::list::{self, Among};
use crate::catalog::product::order::ListOrder;
use crate::catalog::product::parts::{self, FoundProduct, StatementWriter, Wanted};
use crate::catalog::product::row::{ProductFields, ProductRow};
use crate::channel::Market;
use crate::db::{self, Db};
use crate::entity::{product, product_slug_redirect};
use crate::error::Result;
use crate::graphql::page::{Page, PageArgs};
use crate::id::{CollectionId, ProductId};

/// Which products are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct ProductSelection {
    pub filter: ProductFilter,
    pub sort: Option<ProductSort>,
    /// Begins a name or a SKU.
    pub query: Option<String>,
}

impl ProductSelection {
    /// All members of a collection.
    pub fn of_members(collection: CollectionId) -> Self {
        let filter = ProductFilter { collection: Some(collection), ..ProductFilter::default() };
        Self { filter, ..Self::default() }
    }

    pub fn among(&self) -> Among {
        self.filter.collection.map_or(Among::All, Among::Members)
    }
}

#[derive(Clone)]
pub struct ProductReader {
    db: Db,
    writer: StatementWriter,
}

impl ProductReader {
    pub fn new(db: Db) -> Self {
        Self { db, writer: StatementWriter::default() }
    }

    pub async fn find(&self, market: &Market, id: ProductId, wanted: Wanted) -> Result<Option<FoundProduct>> {
        self.one(market, product::COLUMN.id.eq(id), wanted).await
    }

    /// The product of a slug, or else the one that had it before.
    pub async fn find_by_slug(&self, market: &Market, slug: &str, wanted: Wanted) -> Result<Option<FoundProduct>> {
        if let Some(found) = self.one(market, product::COLUMN.slug.eq(slug), wanted).await? {
            return Ok(Some(found));
        }
        let owner = product_slug_redirect::Entity::product_of(slug);
        self.one(market, product::Column::Id.in_subquery(owner), wanted).await
    }

    async fn one(&self, market: &Market, which: Expr, wanted: Wanted) -> Result<Option<FoundProduct>> {
        let query = list::select(market.scope, Among::All, wanted.fields, Condition::all().add(which));
        parts::find(self.db.reader(), &self.writer, market.scope, &query, wanted).await
    }

    /// One page of a list.
    pub async fn list(
        &self,
        actor: &Actor,
        market: &Market,
        selection: &ProductSelection,
        (args, fields): (&PageArgs, ProductFields),
    ) -> Result<Page<ProductRow>> {
        let order = ListOrder::new(selection.sort, selection.among())?;
        let request = args.check(order.name)?;
        let condition = CheckedFilter::read(self.db.reader(), actor, market, selection).await?.condition(market);
        let mut query = list::select(market.scope, selection.among(), fields, condition);
        order.apply(&mut query, &request)?;
        let rows = self.db.reader().query_all_raw(db::first(self.db.reader(), &query, request.rows())).await?;
        let read = |row: &QueryResult| order.read(row, fields).map(|(cursor, product, _)| (cursor, product));
        let rows = rows.iter().map(read).collect::<Result<_>>()?;
        Ok(Page::new(&request, rows))
    }

    /// Whether the shop has any product at all, published or not.
    pub async fn exists(&self) -> Result<bool> {
        Ok(product::Entity::find().one(self.db.reader()).await?.is_some())
    }

    /// How many there are on all pages.
    pub async fn count(&self, actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<u64> {
        let condition = CheckedFilter::read(self.db.reader(), actor, market, selection).await?.condition(market);
        let row = self.db.reader().query_one(&list::count(market.scope, selection.among(), condition)).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
