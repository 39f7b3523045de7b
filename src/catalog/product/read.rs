//! Finds and lists products as the actor may see them in a market.

use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryResult};

use crate::auth::Actor;
use crate::catalog::product::filter;
use crate::catalog::product::input::{ProductFilter, ProductSort};
use crate::catalog::product::list::{self, Among};
use crate::catalog::product::order::ListOrder;
use crate::catalog::product::row::{ProductFields, ProductRow};
use crate::channel::Market;
use crate::db::Db;
use crate::entity::product;
use crate::error::Result;
use crate::graphql::page::{Page, PageArgs};
use crate::id::ProductId;

/// Which products are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct ProductSelection {
    pub filter: ProductFilter,
    pub sort: Option<ProductSort>,
    /// Begins a name or a SKU.
    pub query: Option<String>,
}

impl ProductSelection {
    fn among(&self) -> Among {
        self.filter.collection.map_or(Among::All, Among::Members)
    }
}

#[derive(Clone)]
pub struct ProductReader {
    db: Db,
}

impl ProductReader {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, market: &Market, id: ProductId, fields: ProductFields) -> Result<Option<ProductRow>> {
        self.one(market, product::COLUMN.id.eq(id), fields).await
    }

    pub async fn find_by_slug(&self, market: &Market, slug: &str, fields: ProductFields) -> Result<Option<ProductRow>> {
        self.one(market, product::COLUMN.slug.eq(slug), fields).await
    }

    async fn one(&self, market: &Market, which: Expr, fields: ProductFields) -> Result<Option<ProductRow>> {
        let query = list::select(market.scope, Among::All, fields, Condition::all().add(which));
        let row = self.db.reader().query_one(&query).await?;
        row.map(|row| Ok(ProductRow::read(&row, fields)?.0)).transpose()
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
        let condition = filter::condition(actor, market, selection)?;
        let mut query = list::select(market.scope, selection.among(), fields, condition);
        order.apply(&mut query, &request)?;
        let rows = self.db.reader().query_all(&query).await?;
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
        let condition = filter::condition(actor, market, selection)?;
        let row = self.db.reader().query_one(&list::count(market.scope, selection.among(), condition)).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }
}
