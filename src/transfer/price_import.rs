//! Prices of variants, by CSV.

use std::collections::HashMap;
use std::io::Read;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::auth::Actor;
use crate::catalog::variant::price_list::{self, Priced};
use crate::catalog::variant::spec::PriceSpec;
use crate::channel::Market;
use crate::entity::variant_price;
use crate::error::Result;
use crate::id::ProductVariantId;
use crate::money::Currency;
use crate::transfer::amount;
use crate::transfer::import::{ImportOptions, ImportService, Outcome, Progress, Summary, find_market};
use crate::transfer::known_by_sku::{Known, KnownBySku};
use crate::transfer::line::{Kind, Line};
use crate::transfer::line_import::{self, Apply};
use crate::transfer::table::{Cell, Column, Located, Names, RowError, RowReading, cell};

impl ImportService {
    /// Sets prices of variants in a channel. Fails as a whole only if there is no such channel or the database is gone.
    pub async fn import_prices(
        &self,
        actor: &Actor,
        file: impl Read + Send + 'static,
        options: &ImportOptions,
        observe: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        find_market(self.db.reader(), options).await?;
        let target = Target { actor, options };
        line_import::run(&self.db, (Prices, file), &target, options.is_dry_run, observe).await
    }
}

#[derive(Clone, Copy)]
enum PriceColumn {
    Sku,
    Price,
    CompareAtPrice,
}

impl Column for PriceColumn {
    const NAMES: Names<Self> = &[
        (Self::Sku, &["SKU", "Variant SKU"]),
        (Self::Price, &["Price", "Variant Price"]),
        (Self::CompareAtPrice, &["Compare At Price", "Compare-at price", "Variant Compare At Price"]),
    ];

    const REQUIRED: &'static [Self] = &[Self::Sku, Self::Price];

    fn place(self) -> usize {
        self as usize
    }
}

struct Prices;

/// What a row says, not yet in any currency.
struct PriceLine {
    /// Never absent in a row without errors.
    price: Cell<Located<String>>,
    compare_at_price: Cell<Located<String>>,
}

impl Kind for Prices {
    type Column = PriceColumn;
    type Value = PriceLine;

    const SKU: PriceColumn = PriceColumn::Sku;

    fn read(&self, row: &mut RowReading<'_, PriceColumn>) -> PriceLine {
        if !row.has_value(PriceColumn::Price) {
            row.refuse(PriceColumn::Price, "A price is needed; leave out the lines of variants that keep theirs.");
        }
        PriceLine {
            price: row.located(PriceColumn::Price, cell::decimal),
            compare_at_price: row.located(PriceColumn::CompareAtPrice, cell::decimal),
        }
    }
}

/// For whom and where prices are set.
struct Target<'a> {
    actor: &'a Actor,
    options: &'a ImportOptions,
}

impl Apply<PriceLine> for Target<'_> {
    async fn apply(
        &self,
        tx: &DatabaseTransaction,
        lines: &[Line<PriceLine>],
    ) -> Result<Vec<Result<Outcome, RowError>>> {
        let market = find_market(tx, self.options).await?;
        let known = KnownBySku::lock(tx, lines).await?;
        let found: Vec<_> = lines.iter().map(|line| known.get(line)).collect();
        let standing = standing(tx, &market, found.iter().flatten().map(|known| known.variant)).await?;
        let (mut outcomes, mut list) = (Vec::with_capacity(lines.len()), Vec::new());
        for (line, found) in lines.iter().zip(found) {
            let wanted = found.and_then(|Known { variant, product }| {
                let price = Some(price(line, market.currency, standing.get(&variant))?);
                Ok(Priced { variant, product, price })
            });
            outcomes.push(wanted.as_ref().map(|priced| priced.variant).map_err(Clone::clone));
            list.extend(wanted);
        }
        let changed = price_list::write(tx, self.actor, market.channel.id, &list).await?;
        let outcome = |id| if changed.contains(&id) { Outcome::Updated } else { Outcome::Unchanged };
        Ok(outcomes.into_iter().map(|variant| variant.map(outcome)).collect())
    }
}

/// What the variants cost so far.
async fn standing(
    tx: &DatabaseTransaction,
    market: &Market,
    variants: impl Iterator<Item = ProductVariantId>,
) -> Result<HashMap<ProductVariantId, PriceSpec>> {
    let rows = variant_price::Entity::find()
        .filter(variant_price::COLUMN.channel_id.eq(market.channel.id))
        .filter(variant_price::COLUMN.variant_id.is_in(variants))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row.into())).collect())
}

/// What a line's variant shall cost. Without a column of compare-at prices the variant keeps its own.
fn price(line: &Line<PriceLine>, currency: Currency, standing: Option<&PriceSpec>) -> Result<PriceSpec, RowError> {
    let minor = |cell: &Cell<Located<String>>| {
        let Cell::Value(located) = cell else { return Ok(None) };
        let refuse = |message| RowError { column: Some(located.column.to_string()), ..line.refuse(message) };
        amount::minor(&located.value, currency).map_err(refuse).map(Some)
    };
    let price_minor = minor(&line.value.price)?.ok_or_else(|| line.refuse("A price is needed."))?;
    let compare_at_minor = match &line.value.compare_at_price {
        Cell::Missing => standing.and_then(|price| price.compare_at_minor),
        cell => minor(cell)?,
    };
    Ok(PriceSpec { price_minor, compare_at_minor })
}
