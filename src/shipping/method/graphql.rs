//! Ways of delivery as shoppers see them, with what staff alone may know.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::catalog::product::graphql::Product;
use crate::catalog::product::loader::ProductIn;
use crate::customer::group::graphql::CustomerGroup;
use crate::customer::group::loader::GroupKey;
use crate::entity::shipping_method;
use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::graphql::context::{ContextExt, Guarded, guarded, referred};
use crate::graphql::page;
use crate::graphql::scalar::{CurrencyCode, DateTime, MetadataEntry, Money, date_time, metadata};
use crate::money::{self, Currency};
use crate::pricing::{Amount, RateStep, RateTable};
use crate::shipping::method::document;
use crate::shipping::pickup::graphql::PickupLocation;
use crate::shipping::pickup::loader::PickupOf;
use crate::shipping::rate;
use crate::shipping::zone::graphql::ShippingZone;
use crate::shipping::zone::loader::ZoneKey;
use crate::tax::class::graphql::TaxClass;
use crate::tax::class::loader::TaxClassKey;

/// In how many currencies a shop is taken to sell.
const CURRENCIES: usize = 3;

#[derive(Clone)]
pub struct ShippingMethod(pub Arc<shipping_method::Model>);

/// A way in which goods come to the addresses of a zone, or are fetched.
#[Object]
impl ShippingMethod {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What shoppers should know of it, as plain text; null if there is nothing to say.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Whether the goods are brought or fetched.
    async fn kind(&self) -> ShippingMethodKind {
        self.0.kind
    }

    /// Where the goods are fetched; null where they are brought.
    async fn pickup_location(&self, ctx: &Context<'_>) -> Result<Option<PickupLocation>> {
        let Some(id) = self.0.pickup_location_id else { return Ok(None) };
        let row = ctx.loader().load_one(PickupOf(id)).await?;
        Ok(Some(PickupLocation(referred(row, "a pick-up location")?)))
    }

    /// How long it takes, counted from the order; null if that is not told.
    async fn estimate(&self) -> Option<DeliveryEstimate> {
        let (min_days, max_days) = self.0.min_days.zip(self.0.max_days)?;
        Some(DeliveryEstimate { min_days: int(min_days), max_days: int(max_days) })
    }

    /// The zone to which it leads. Requires `SHIPPING_READ`.
    async fn zone(&self, ctx: &Context<'_>) -> Result<Guarded<ShippingZone>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ShippingRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let row = ctx.loader().load_one(ZoneKey(self.0.shipping_zone_id)).await?;
        Ok(Some(Ok(ShippingZone(referred(row, "a shipping zone")?))))
    }

    /// The lower comes first, of equals the older. Requires `SHIPPING_READ`.
    async fn position(&self, ctx: &Context<'_>) -> Guarded<i32> {
        guarded(ctx, Permission::ShippingRead, || int(self.0.position))
    }

    /// Whether shoppers can choose it. Requires `SHIPPING_READ`.
    async fn is_active(&self, ctx: &Context<'_>) -> Guarded<bool> {
        guarded(ctx, Permission::ShippingRead, || self.0.is_active)
    }

    /// What it costs, one for each currency in which it is there, in the alphabet of their codes. Requires
    /// `SHIPPING_READ`.
    #[graphql(complexity = "page::of_list(CURRENCIES, child_complexity)")]
    async fn rates(&self, ctx: &Context<'_>) -> Result<Guarded<Vec<ShippingRate>>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ShippingRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let rates = document::rates(&self.0)?;
        let rates: Vec<_> = rates.iter().map(|(currency, rate)| ShippingRate::new(currency, rate)).collect();
        ctx.admit(rates.len())?;
        Ok(Some(Ok(rates)))
    }

    /// How much the goods weigh that it takes; null where that does not matter. Requires `SHIPPING_READ`.
    async fn weight(&self, ctx: &Context<'_>) -> Guarded<Option<WeightRange>> {
        guarded(ctx, Permission::ShippingRead, || {
            let (from, to) = (self.0.weight_from_grams, self.0.weight_to_grams);
            let is_limited = from.is_some() || to.is_some();
            is_limited.then(|| WeightRange { from_grams: from.map(int), to_grams: to.map(int) })
        })
    }

    /// Whether only customers of groups can choose it. If the last of the groups was deleted, nobody can. Requires
    /// `SHIPPING_READ`.
    async fn is_limited_to_groups(&self, ctx: &Context<'_>) -> Result<Guarded<bool>> {
        let groups = document::customer_groups(&self.0)?;
        Ok(guarded(ctx, Permission::ShippingRead, || !groups.is_empty()))
    }

    /// The groups whose customers can choose it, at most 100; empty where everybody can. Requires `CUSTOMER_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn customer_groups(&self, ctx: &Context<'_>) -> Result<Guarded<Vec<CustomerGroup>>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::CustomerRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let ids = document::customer_groups(&self.0)?;
        ctx.admit(ids.len())?;
        let mut found = ctx.loader().load_many(ids.iter().copied().map(GroupKey)).await?;
        Ok(Some(Ok(ids.into_iter().filter_map(|id| found.remove(&GroupKey(id)).map(CustomerGroup)).collect())))
    }

    /// The products that it does not carry, at most 100, as they are in the default channel. Those that you may not see
    /// are left out. Requires `SHIPPING_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn excluded_products(&self, ctx: &Context<'_>) -> Result<Guarded<Vec<Product>>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ShippingRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let ids = document::excluded_products(&self.0)?;
        ctx.admit(ids.len())?;
        let market = ctx.market(None).await?;
        let key = |id| ProductIn(market.scope, id);
        let mut found = ctx.loader().load_many(ids.iter().copied().map(key)).await?;
        let rows = ids.into_iter().filter_map(|id| found.remove(&key(id)));
        Ok(Some(Ok(rows.map(|row| Product::new(row, Arc::clone(&market))).collect())))
    }

    /// The class by which it is taxed; null if the default rate of a zone holds. Requires `SHIPPING_READ`.
    async fn tax_class(&self, ctx: &Context<'_>) -> Result<Guarded<Option<TaxClass>>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::ShippingRead, || ()) {
            return Ok(Some(Err(refusal)));
        }
        let Some(id) = self.0.tax_class_id else { return Ok(Some(Ok(None))) };
        Ok(Some(Ok(ctx.loader().load_one(TaxClassKey(id)).await?.map(TaxClass))))
    }

    /// The id in another system of the shop, if there is one. Requires `SHIPPING_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded(ctx, Permission::ShippingRead, || self.0.external_id.as_deref())
    }

    /// Values that the shop keeps on the method for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the method for staff and its other systems. Requires `SHIPPING_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded(ctx, Permission::ShippingRead, || metadata(&self.0.private_metadata))
    }

    /// When it was created. Requires `SHIPPING_READ`.
    async fn created_at(&self, ctx: &Context<'_>) -> Guarded<DateTime> {
        guarded(ctx, Permission::ShippingRead, || date_time(self.0.created_at))
    }

    /// When it was last changed. Requires `SHIPPING_READ`.
    async fn updated_at(&self, ctx: &Context<'_>) -> Guarded<DateTime> {
        guarded(ctx, Permission::ShippingRead, || date_time(self.0.updated_at))
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read. Requires `SHIPPING_READ`.
    async fn version(&self, ctx: &Context<'_>) -> Guarded<i32> {
        guarded(ctx, Permission::ShippingRead, || int(self.0.version))
    }
}

/// How many business days a delivery takes.
#[derive(SimpleObject)]
pub struct DeliveryEstimate {
    /// The fewest days; zero is the same day.
    min_days: i32,
    /// The most days.
    max_days: i32,
}

/// From one weight to another, both included.
#[derive(SimpleObject)]
pub struct WeightRange {
    /// The least in grams; null where there is none.
    from_grams: Option<i32>,
    /// The most in grams; null where there is none.
    to_grams: Option<i32>,
}

/// What a method costs in one currency, net or gross as prices of the channel are. Exactly one of `flat`, `byWeight`,
/// `byPrice` and `byQuantity` is there. The last step that is reached holds; below the first one the method cannot be
/// chosen.
#[derive(SimpleObject)]
pub struct ShippingRate {
    /// The currency of all its amounts.
    currency: CurrencyCode,
    /// What it costs for every cart.
    flat: Option<Money>,
    /// What it costs by what the goods weigh, at most 100 steps.
    by_weight: Option<Vec<ShippingWeightStep>>,
    /// What it costs by what the goods cost, at most 100 steps.
    by_price: Option<Vec<ShippingPriceStep>>,
    /// What it costs by how many units there are, at most 100 steps.
    by_quantity: Option<Vec<ShippingQuantityStep>>,
    /// What the goods cost at least for the method to cost nothing; null where it never does for that.
    free_from: Option<Money>,
    /// The least that the goods cost for the method to be chosen; null where there is none.
    price_from: Option<Money>,
    /// The most that the goods cost for the method to be chosen; null where there is none.
    price_to: Option<Money>,
}

/// A price from a weight on.
#[derive(SimpleObject)]
pub struct ShippingWeightStep {
    /// The weight in grams; with it the step begins.
    from_grams: i32,
    /// What the method costs from there on.
    price: Money,
}

/// A price from what goods cost on.
#[derive(SimpleObject)]
pub struct ShippingPriceStep {
    /// What the goods cost; with it the step begins.
    from: Money,
    /// What the method costs from there on.
    price: Money,
}

/// A price from a number of units on.
#[derive(SimpleObject)]
pub struct ShippingQuantityStep {
    /// The number of units; with it the step begins.
    from: i32,
    /// What the method costs from there on.
    price: Money,
}

impl ShippingRate {
    fn new(currency: Currency, rate: &rate::ShippingRate) -> Self {
        let money = |amount: Amount| Money::from(money::Money::from_minor(amount.minor(), currency));
        let (mut flat, mut by_weight, mut by_price, mut by_quantity) = (None, None, None, None);
        match &rate.table {
            RateTable::Flat(amount) => flat = Some(money(*amount)),
            RateTable::ByWeight(steps) => {
                let step =
                    |step: &RateStep| ShippingWeightStep { from_grams: int(step.from), price: money(step.price) };
                by_weight = Some(steps.iter().map(step).collect());
            }
            RateTable::ByPrice(steps) => {
                let step = |step: &RateStep| ShippingPriceStep {
                    from: money(Amount::new(step.from)),
                    price: money(step.price),
                };
                by_price = Some(steps.iter().map(step).collect());
            }
            RateTable::ByQuantity(steps) => {
                let step = |step: &RateStep| ShippingQuantityStep { from: int(step.from), price: money(step.price) };
                by_quantity = Some(steps.iter().map(step).collect());
            }
        }
        Self {
            currency: CurrencyCode(currency.code().to_owned()),
            flat,
            by_weight,
            by_price,
            by_quantity,
            free_from: rate.free_from.map(money),
            price_from: rate.price.from.map(money),
            price_to: rate.price.to.map(money),
        }
    }
}

fn int(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
