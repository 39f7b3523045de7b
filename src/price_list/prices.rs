//! What is written into price lists: prices, each of a variant from a number of units on.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{Condition, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};

use crate::auth::Actor;
use crate::bulk;
use crate::checks::Checks;
use crate::entity::{price_list, price_list_price as price, product_variant};
use crate::error::{Error, Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::id::{PriceListId, ProductVariantId};
use crate::money::Currency;
use crate::price_list::input::{PriceListPriceInput, PriceListPriceSelector};
use crate::price_list::service::{self, PriceListService};

/// The most prices of a variant in one list.
pub const MAX_TIERS: usize = 20;

/// A variant, and the units from which on its price holds.
type Place = (ProductVariantId, i64);

impl PriceListService {
    /// Sets prices; those that stand at the same quantity are replaced, others stay.
    pub async fn set_prices(&self, actor: &Actor, id: PriceListId, prices: Vec<PriceListPriceInput>) -> Result<()> {
        bulk::check_size("prices", prices.len())?;
        let tx = self.db.begin().await?;
        let list = service::lock(&tx, id).await?;
        let wanted = check(&tx, &list, &prices).await?;
        let standing = standing(&tx, id, wanted.keys().map(|(variant, _)| *variant)).await?;
        let changed: BTreeMap<Place, i64> =
            wanted.into_iter().filter(|(place, minor)| standing.get(place) != Some(minor)).collect();
        if changed.is_empty() {
            return Ok(());
        }
        check_room(&standing, &changed, &prices)?;
        let rows = changed.iter().map(|((variant, from_quantity), minor)| price::ActiveModel {
            price_list_id: Set(id),
            variant_id: Set(*variant),
            from_quantity: Set(*from_quantity),
            price_minor: Set(*minor),
        });
        let key = [price::Column::PriceListId, price::Column::VariantId, price::Column::FromQuantity];
        let replace = OnConflict::columns(key).update_column(price::Column::PriceMinor).to_owned();
        price::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(&tx).await?;
        let set = changed.iter().map(|(place, minor)| told(place, Some(*minor)));
        self.finish_prices(tx, actor, list, set.collect()).await
    }

    /// Takes prices away; those that are not there are left alone.
    pub async fn remove_prices(&self, actor: &Actor, id: PriceListId, prices: &[PriceListPriceSelector]) -> Result<()> {
        bulk::check_size("prices", prices.len())?;
        let tx = self.db.begin().await?;
        let list = service::lock(&tx, id).await?;
        let standing = standing(&tx, id, prices.iter().map(|price| price.variant)).await?;
        let named: BTreeSet<Place> =
            prices.iter().map(|price| (price.variant, i64::from(price.from_quantity))).collect();
        let gone: Vec<Place> = named.into_iter().filter(|place| standing.contains_key(place)).collect();
        if gone.is_empty() {
            return Ok(());
        }
        let mut places = Condition::any();
        for (variant, from_quantity) in &gone {
            let place = Condition::all().add(price::COLUMN.variant_id.eq(*variant));
            places = places.add(place.add(price::COLUMN.from_quantity.eq(*from_quantity)));
        }
        let delete = price::Entity::delete_many().filter(price::COLUMN.price_list_id.eq(id));
        delete.filter(places).exec(&tx).await?;
        let removed = gone.iter().map(|place| told(place, None)).collect();
        self.finish_prices(tx, actor, list, removed).await
    }

    async fn finish_prices(
        &self,
        tx: DatabaseTransaction,
        actor: &Actor,
        list: price_list::Model,
        prices: Vec<Value>,
    ) -> Result<()> {
        let aggregate = Aggregate::PriceList(list.id);
        service::write(&tx, list).await?;
        let payload = json!({ "prices": prices });
        event::record(&tx, actor, EventType::PriceListPricesChanged, aggregate, payload).await?;
        self.finish(tx).await
    }
}

fn told((variant, from_quantity): &Place, minor: Option<i64>) -> Value {
    json!({ "variant": variant.to_string(), "fromQuantity": from_quantity, "priceMinor": minor })
}

/// What the prices shall be, of variants that nobody deletes until the transaction ends.
async fn check(
    tx: &DatabaseTransaction,
    list: &price_list::Model,
    prices: &[PriceListPriceInput],
) -> Result<BTreeMap<Place, i64>> {
    let currency = Currency::from_code(&list.currency)
        .ok_or_else(|| Error::internal(format!("price list {} has an unknown currency", list.id)))?;
    let known: BTreeSet<ProductVariantId> = product_variant::Entity::find()
        .select_only()
        .column(product_variant::Column::Id)
        .filter(product_variant::COLUMN.id.is_in(prices.iter().map(|price| price.variant)))
        .order_by_asc(product_variant::Column::Id)
        .lock(LockType::KeyShare)
        .into_tuple()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let mut checks = Checks::new("");
    let mut wanted = BTreeMap::new();
    for (index, PriceListPriceInput { variant, from_quantity, price }) in prices.iter().enumerate() {
        checks.within(&format!("prices.{index}"), |checks| {
            if !known.contains(variant) {
                checks.push(UserError::not_found(checks.path("variant"), "variant"));
            }
            if *from_quantity < 1 {
                checks.push(UserError::invalid(checks.path("fromQuantity"), "A quantity is at least 1."));
            }
            let minor = checks.price("price", price, currency);
            if wanted.insert((*variant, i64::from(*from_quantity)), minor).is_some() {
                let message = "The price of this variant from this quantity on is there twice.";
                checks.push(UserError::taken(checks.path(""), message));
            }
        });
    }
    checks.finish()?;
    Ok(wanted)
}

/// The prices that a list has of variants.
async fn standing(
    tx: &DatabaseTransaction,
    list: PriceListId,
    variants: impl Iterator<Item = ProductVariantId>,
) -> Result<BTreeMap<Place, i64>> {
    let rows = price::Entity::find()
        .filter(price::COLUMN.price_list_id.eq(list))
        .filter(price::COLUMN.variant_id.is_in(variants))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.variant_id, row.from_quantity), row.price_minor)).collect())
}

fn check_room(
    standing: &BTreeMap<Place, i64>,
    changed: &BTreeMap<Place, i64>,
    prices: &[PriceListPriceInput],
) -> Result<()> {
    let mut tiers: BTreeMap<ProductVariantId, BTreeSet<i64>> = BTreeMap::new();
    for (variant, from_quantity) in standing.keys().chain(changed.keys()) {
        tiers.entry(*variant).or_default().insert(*from_quantity);
    }
    let mut checks = Checks::new("");
    for (variant, _) in tiers.into_iter().filter(|(_, quantities)| quantities.len() > MAX_TIERS) {
        let index = prices.iter().rposition(|price| price.variant == variant).unwrap_or_default();
        let message = format!("A variant has at most {MAX_TIERS} prices in a list.");
        let limit = i64::try_from(MAX_TIERS).unwrap_or(i64::MAX);
        checks.push(UserError::limit_exceeded(format!("prices.{index}"), message, limit));
    }
    checks.finish()
}
