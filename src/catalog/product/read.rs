//! Finds and lists products as the actor may see them in a market.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};

use crate::auth::Actor;
use crate::catalog::product::filter;
use crate::catalog::product::input::{ProductFilter, ProductSort};
use crate::catalog::product::order::ListOrder;
use crate::channel::Market;
use crate::db::Db;
use crate::entity::{product, product_listing};
use crate::error::{Error, Result};
use crate::graphql::page::{Page, PageArgs};
use crate::id::ProductId;

/// A product with its place in the listing of the market's channel.
pub type ListedProduct = (product::Model, product_listing::Model);

/// Which products are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct ProductSelection {
    pub filter: ProductFilter,
    pub sort: Option<ProductSort>,
    /// Begins a name or a SKU.
    pub query: Option<String>,
}

#[derive(Clone)]
pub struct ProductReader {
    db: Db,
}

impl ProductReader {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, market: &Market, id: ProductId) -> Result<Option<ListedProduct>> {
        let query = product::Entity::visible_in(market.scope).filter(product::COLUMN.id.eq(id));
        one(self.db.reader(), query).await
    }

    pub async fn find_by_slug(&self, market: &Market, slug: &str) -> Result<Option<ListedProduct>> {
        let query = product::Entity::visible_in(market.scope).filter(product::COLUMN.slug.eq(slug));
        one(self.db.reader(), query).await
    }

    /// One page of a list.
    pub async fn list(
        &self,
        actor: &Actor,
        market: &Market,
        selection: &ProductSelection,
        args: &PageArgs,
    ) -> Result<Page<ListedProduct>> {
        let order = ListOrder::new(selection.sort);
        let request = args.check(&order.name)?;
        let mut query = select(actor, market, selection)?;
        order.apply(QuerySelect::query(&mut query), &request)?;
        let rows = query.select_also(product_listing::Entity);
        let rows = rows.all(self.db.reader()).await?;
        let rows = rows.into_iter().map(listed).collect::<Result<Vec<_>>>()?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (order.cursor(&row, 0), row)).collect()))
    }

    /// Whether the shop has any product at all, published or not.
    pub async fn exists(&self) -> Result<bool> {
        Ok(product::Entity::find().one(self.db.reader()).await?.is_some())
    }

    /// How many there are on all pages.
    pub async fn count(&self, actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<u64> {
        Ok(select(actor, market, selection)?.count(self.db.reader()).await?)
    }
}

async fn one(db: &impl ConnectionTrait, query: Select<product::Entity>) -> Result<Option<ListedProduct>> {
    query.select_also(product_listing::Entity).one(db).await?.map(listed).transpose()
}

/// The listing is joined, so it is there.
fn listed((product, listing): (product::Model, Option<product_listing::Model>)) -> Result<ListedProduct> {
    let listing = listing.ok_or_else(|| Error::internal("a listed product has no listing"))?;
    Ok((product, listing))
}

fn select(actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<Select<product::Entity>> {
    Ok(product::Entity::visible_in(market.scope).filter(filter::condition(actor, market, selection)?))
}
