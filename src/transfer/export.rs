//! Writes the shop's products into a file, a little at a time.
//!
//! The file holds what the product import reads: texts, tags, options, pictures, variants that are not archived, their
//! prices in one channel and their units at the default location. It has no room for the rest: external ids, metadata,
//! attributes, collections, relations, prices and publication in other channels, units at other locations, the number of
//! units that may be sold beyond what is there, a variant's further pictures, whether a variant is a draft, the values of
//! options that no variant has, and archived variants. Where the file is imported into the shop that it came from all of
//! that stays as it is, except that values without a variant go.

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::catalog::product::aggregate;
use crate::channel::{self, Market};
use crate::db::{self, Db};
use crate::entity::{product, product_option};
use crate::error::{Result, UserError};
use crate::id::StockLocationId;
use crate::stock;
use crate::transfer::shopify::ShopifyWriter;

/// Products in memory at a time.
const BATCH: u64 = 25;

#[derive(Clone)]
pub struct ExportService {
    db: Db,
}

impl ExportService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Begins an export of all products to Shopify's product CSV, with the prices of a channel. It shows the shop at this
    /// instant, whatever happens to it meanwhile.
    pub async fn shopify(&self, channel: Option<&str>) -> Result<ProductExport> {
        let tx = self.db.snapshot().await?;
        let market = channel::find(&tx, channel).await?.ok_or_else(|| UserError::not_found("channel", "channel"))?;
        let last_option: Option<Option<i64>> = product_option::Entity::find()
            .select_only()
            .column_as(product_option::Column::Position.max(), "last")
            .into_tuple()
            .one(&tx)
            .await?;
        let options = last_option.flatten().map_or(0, |last| usize::try_from(last).unwrap_or(0) + 1);
        Ok(ProductExport {
            location: stock::default_location(&tx).await?,
            total: product::Entity::find().count(&tx).await?,
            writer: ShopifyWriter::new(options, market.currency),
            next: Next::Header,
            market,
            tx,
        })
    }
}

/// An export under way.
pub struct ProductExport {
    tx: DatabaseTransaction,
    market: Market,
    location: StockLocationId,
    writer: ShopifyWriter,
    next: Next,
    total: u64,
}

/// Where in the file an export is.
enum Next {
    Header,
    First,
    /// The products after this slug. In the order of slugs two shops with the same products give the same file.
    After(String),
}

/// A part of the file.
pub struct Part {
    pub text: Vec<u8>,
    /// How many products it has.
    pub products: u64,
}

impl ProductExport {
    /// How many products the whole file has.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// The next part of the file; `None` at its end.
    pub async fn next(&mut self) -> Result<Option<Part>> {
        let rows = product::Entity::find().order_by_asc(product::Column::Slug);
        let rows = match &self.next {
            Next::Header => {
                self.next = Next::First;
                return Ok(Some(Part { text: self.writer.header()?, products: 0 }));
            }
            Next::First => rows,
            Next::After(slug) => rows.filter(product::COLUMN.slug.gt(slug.as_str())),
        };
        let first = db::first(&self.tx, &rows.into_query(), BATCH);
        let products = product::Entity::find().from_raw_sql(first).all(&self.tx).await?;
        let Some(last) = products.last() else { return Ok(None) };
        self.next = Next::After(last.slug.clone());
        let ids: Vec<_> = products.iter().map(|row| row.id).collect();
        let mut aggregates = aggregate::load_all(&self.tx, &ids, &self.market, self.location).await?;
        let spec = |row: &product::Model| aggregates.remove(&row.id).unwrap_or_default().to_spec(row);
        let specs: Vec<_> = products.iter().map(spec).collect();
        let count = u64::try_from(specs.len()).unwrap_or(u64::MAX);
        Ok(Some(Part { text: self.writer.rows(specs.iter())?, products: count }))
    }
}
