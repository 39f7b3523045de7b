//! Variants as clients read them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::catalog::attribute::graphql::{AssignedAttribute, assigned};
use crate::catalog::attribute::loader::ValuesOfVariant;
use crate::catalog::image::loader::VariantImagesOf;
use crate::catalog::offer::graphql::{PriceReason, QuantityPrice};
use crate::catalog::offer::{Offer, Priced, loader as offer};
use crate::catalog::product::graphql::{Image, Product};
use crate::catalog::product::loader::{ImageKey, ProductIn};
use crate::catalog::product::parts::VariantParts;
use crate::catalog::variant::loader::{PricedVariant, SelectedOptionRow, SelectedOptionsOf};
use crate::catalog::variant::measure::graphql::{Measure, UnitPrice};
use crate::catalog::variant::prior_price::loader::LowestPriorPriceOf;
use crate::channel::Market;
use crate::entity::product_variant;
use crate::entity::publication_status::PublicationStatus;
use crate::entity::weight_unit::WeightUnit;
use crate::error::SharedError;
use crate::graphql::context::{ContextExt, Guarded, guarded, guarded_in, referred};
use crate::graphql::page;
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::{DateTime, MetadataEntry, Money, date_time, metadata};
use crate::pricing::Amount;
use crate::stock::graphql::StockLevel;
use crate::stock::loader::{AvailableUnitsOf, StockLevelsOf};
use crate::tax::class::graphql::TaxClass;
use crate::tax::class::loader::TaxClassKey;

#[derive(Clone)]
pub struct ProductVariant {
    row: Arc<PricedVariant>,
    /// What was read together with the row.
    parts: Option<Arc<VariantParts>>,
    market: Arc<Market>,
}

impl ProductVariant {
    pub fn new(row: impl Into<Arc<PricedVariant>>, market: Arc<Market>) -> Self {
        Self { row: row.into(), parts: None, market }
    }

    pub fn with_parts(parts: Arc<VariantParts>, market: Arc<Market>) -> Self {
        Self { row: Arc::clone(&parts.row), parts: Some(parts), market }
    }

    /// A part that was read together with the row.
    fn part<T>(&self, part: impl FnOnce(&VariantParts) -> Option<&T>) -> Option<&T> {
        part(self.parts.as_deref()?)
    }

    fn row(&self) -> &product_variant::Model {
        &self.row.0
    }

    /// What it costs the reader, if it has a price in the channel.
    async fn offer(&self, ctx: &Context<'_>) -> Result<Option<Offer>, SharedError> {
        let Some(price) = &self.row.1 else { return Ok(None) };
        let (variant, product) = (self.row().id, self.row().product_id);
        let priced = Priced { variant, product, base: Amount::new(price.price_minor) };
        offer::of_variant(ctx.loader(), &self.market, priced).await.map(Some)
    }

    fn money(&self, amount: Amount) -> Prompted<Money> {
        Prompted(self.market.money(amount.minor()).into())
    }

    async fn load_stock_levels(&self, ctx: &Context<'_>) -> Result<Vec<StockLevel>, SharedError> {
        let rows = ctx.loader().load_one(StockLevelsOf(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(StockLevel::from).collect())
    }

    async fn load_tax_class(&self, ctx: &Context<'_>) -> Result<Option<TaxClass>, SharedError> {
        let Some(id) = self.row().tax_class_id else { return Ok(None) };
        Ok(ctx.loader().load_one(TaxClassKey(id)).await?.map(TaxClass))
    }
}

/// Whether a variant can be bought when so many units are there.
pub fn is_available_with((row, price): &PricedVariant, units: Option<i64>) -> bool {
    let is_for_sale = row.status == PublicationStatus::Active && price.is_some();
    let has_units = match row.backorder_limit {
        Some(limit) => units.unwrap_or(0).saturating_add(limit) > 0,
        None => true,
    };
    is_for_sale && (!row.tracks_stock || has_units)
}

/// What is bought: one combination of a product's option values.
#[Object]
impl ProductVariant {
    /// The id.
    pub async fn id(&self) -> ID {
        self.row().id.into()
    }

    /// The product that it is a variant of.
    async fn product(&self, ctx: &Context<'_>) -> Result<Product> {
        let key = ProductIn(self.market.scope, self.row().product_id);
        let row = referred(ctx.loader().load_one(key).await?, "a product")?;
        Ok(Product::new(row, Arc::clone(&self.market)))
    }

    /// The stock keeping unit; unique in the shop.
    async fn sku(&self) -> Option<&str> {
        self.row().sku.as_deref()
    }

    /// The barcode, such as an EAN or UPC.
    async fn barcode(&self) -> Option<&str> {
        self.row().barcode.as_deref()
    }

    /// Whether shoppers see it; they find nothing but `ACTIVE` ones.
    async fn status(&self) -> PublicationStatus {
        self.row().status
    }

    /// Its value of each option, in the order of the product's options.
    async fn selected_options(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<SelectedOption>>> {
        let option =
            |row: &SelectedOptionRow| Prompted(SelectedOption { name: row.name.clone(), value: row.value.clone() });
        if let Some(rows) = self.part(|parts| parts.selected_options.as_ref()) {
            ctx.admit(rows.len())?;
            return Ok(rows.iter().map(option).collect());
        }
        let rows = ctx.loader().load_one(SelectedOptionsOf(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(option).collect())
    }

    /// What one unit costs the reader now in the channel, by price lists and promotions of the catalogue; null if it has
    /// no price there.
    async fn price(&self, ctx: &Context<'_>) -> Result<Option<Prompted<Money>>> {
        Ok(self.offer(ctx).await?.map(|offer| self.money(offer.price)))
    }

    /// What it cost before, to be shown crossed out: what the shop has set, or the price before price lists and
    /// promotions if that is more.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> Result<Option<Prompted<Money>>> {
        let own = self.row.1.as_ref().and_then(|price| price.compare_at_minor).map(Amount::new);
        let offer = self.offer(ctx).await?;
        Ok(offer.and_then(|offer| offer.compare_at(own)).map(|amount| self.money(amount)))
    }

    /// The price that the shop has set for everybody in the channel, before price lists and promotions; filters and sorts
    /// go by it. Null if it has none there.
    async fn base_price(&self) -> Option<Prompted<Money>> {
        self.row.1.as_ref().map(|price| self.money(Amount::new(price.price_minor)))
    }

    /// Why the price is not the base price; null if it is.
    async fn price_reason(&self, ctx: &Context<'_>) -> Result<Option<PriceReason>> {
        Ok(self.offer(ctx).await?.as_ref().and_then(PriceReason::of))
    }

    /// What a unit costs the reader from larger quantities on, each where it is not what it costs before; at most 20, the
    /// smallest quantity first.
    #[graphql(complexity = "page::of_list(5, child_complexity)")]
    async fn quantity_prices(&self, ctx: &Context<'_>) -> Result<Vec<QuantityPrice>> {
        let tiers = self.offer(ctx).await?.map(|offer| offer.tiers).unwrap_or_default();
        ctx.admit(tiers.len())?;
        Ok(tiers.into_iter().map(|tier| QuantityPrice::new(tier, &self.market)).collect())
    }

    /// The weight with packaging; null if it is not known.
    async fn weight(&self) -> Option<Weight> {
        let grams = self.row().weight_grams?;
        Some(Weight { grams: i32::try_from(grams).unwrap_or(i32::MAX), unit: self.row().weight_unit })
    }

    /// Whether it has to be sent.
    async fn requires_shipping(&self) -> bool {
        self.row().requires_shipping
    }

    /// Whether tax is due on it; if not, its rate is zero, whatever its class.
    async fn is_taxable(&self) -> bool {
        self.row().is_taxable
    }

    /// The class by which it is taxed; null if the default rate of a zone holds. Requires `PRODUCT_READ`.
    async fn tax_class(&self, ctx: &Context<'_>) -> Guarded<Option<TaxClass>> {
        if let Some(Err(refusal)) = guarded_in(ctx, Permission::ProductRead, &self.market, || ()) {
            return Some(Err(refusal));
        }
        Some(self.load_tax_class(ctx).await)
    }

    /// The first of the pictures that show this variant; null if the product's pictures serve.
    async fn image(&self, ctx: &Context<'_>) -> Result<Option<Prompted<Image>>> {
        if let Some(image) = self.part(|parts| parts.image.as_ref()) {
            return Ok(image.as_ref().map(|image| Prompted(Image::new(ctx, image))));
        }
        let Some(id) = self.row().media_id else { return Ok(None) };
        let row = ctx.loader().load_one(ImageKey(id)).await?;
        Ok(row.map(|row| Prompted(Image::new(ctx, &row.into()))))
    }

    /// Whether it can be bought now.
    async fn is_available(&self, ctx: &Context<'_>) -> Result<bool> {
        let units = match self.part(|parts| parts.units.as_ref()) {
            Some(units) => Some(*units),
            None => ctx.loader().load_one(AvailableUnitsOf(self.row().id)).await?,
        };
        Ok(is_available_with(&self.row, units))
    }

    /// Whether its units are counted; if not, it is always available.
    async fn tracks_stock(&self) -> bool {
        self.row().tracks_stock
    }

    /// Units that may be sold beyond what is there; null means any number.
    async fn backorder_limit(&self) -> Option<i32> {
        self.row().backorder_limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    /// How many units lie where. Requires `STOCK_READ`.
    async fn stock_levels(&self, ctx: &Context<'_>) -> Guarded<Vec<StockLevel>> {
        if let Some(Err(refusal)) = guarded(ctx, Permission::StockRead, || ()) {
            return Some(Err(refusal));
        }
        Some(self.load_stock_levels(ctx).await)
    }

    /// Values that the shop keeps on it and anybody may read.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.row().metadata)
    }

    /// Values that the shop keeps on it for staff. Requires `PRODUCT_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || metadata(&self.row().private_metadata))
    }

    /// Its id in another system of the shop. Requires `PRODUCT_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || self.row().external_id.as_deref())
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.row().created_at)
    }

    /// When it was last changed; prices and stock do not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.row().updated_at)
    }

    /// The lowest price at which it was offered in the channel during the 30 days before the present price, or the present
    /// compare-at price, came into force: what a shop in the European Union has to show beside a reduced price (Directive
    /// 98/6/EC, Article 6a). Base prices count, from the first instant at which the channel showed the product: when it was
    /// active, in the channel, and its time there had begun. Null if no price counts in that time.
    async fn lowest_prior_price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let key = LowestPriorPriceOf(self.market.channel.id, self.row().id);
        let lowest = ctx.loader().load_one(key).await?;
        Ok(lowest.map(|minor| self.market.money(minor).into()))
    }

    /// The pictures that show this variant, in order, at most 20; none if the product's pictures serve.
    #[graphql(complexity = "page::of_list(5, child_complexity)")]
    async fn images(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let rows = ctx.loader().load_one(VariantImagesOf(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(|row| Image::new(ctx, row)).collect())
    }

    /// What it holds, without packaging; null if it is not known.
    async fn content(&self) -> Option<Measure> {
        self.row().content().map(Measure::from)
    }

    /// Per how much of its content the unit price is told; null where that is 1 kilogram, litre, metre, square metre or
    /// piece.
    async fn unit_price_reference(&self) -> Option<Measure> {
        self.row().unit_price_reference().map(Measure::from)
    }

    /// What its price for the reader comes to for a fixed amount of its content, as shops in the European Union have to
    /// show beside the price (Directive 98/6/EC, Article 3). Null if it has no price in the channel, if its content is
    /// not known, or if the unit price would be greater than an amount of money can be.
    async fn unit_price(&self, ctx: &Context<'_>) -> Result<Option<UnitPrice>> {
        let offer = self.offer(ctx).await?;
        Ok(offer.and_then(|offer| UnitPrice::of(self.row(), offer.price.minor(), &self.market)))
    }

    /// The values that it has of attributes, at most 50, in the attributes' order; its product has values of its own.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<AssignedAttribute>>> {
        if let Some(rows) = self.part(|parts| parts.attributes.as_ref()) {
            ctx.admit(rows.len())?;
            return Ok(assigned(rows, &self.market));
        }
        let rows = ctx.loader().load_one(ValuesOfVariant(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(assigned(&rows, &self.market))
    }
}

impl Prompt for ProductVariant {
    fn is_prompt(&self, field: &str) -> bool {
        match field {
            "id" | "sku" | "barcode" | "status" | "basePrice" | "weight" | "requiresShipping" | "isTaxable"
            | "tracksStock" | "backorderLimit" | "content" | "createdAt" | "updatedAt" => true,
            "price" | "compareAtPrice" | "priceReason" => offer::is_variant_at_hand(&self.market),
            "selectedOptions" => self.part(|parts| parts.selected_options.as_ref()).is_some(),
            "image" => self.part(|parts| parts.image.as_ref()).is_some(),
            "isAvailable" => self.part(|parts| parts.units.as_ref()).is_some(),
            "attributes" => self.part(|parts| parts.attributes.as_ref()).is_some(),
            _ => false,
        }
    }
}

impl Prompt for SelectedOption {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

/// A variant's value of one option.
#[derive(SimpleObject)]
pub struct SelectedOption {
    /// The name of the option, such as "Size".
    name: String,
    /// The name of the value, such as "XL".
    value: String,
}

/// A weight.
#[derive(SimpleObject)]
pub struct Weight {
    /// The weight in grams.
    grams: i32,
    /// The unit in which to show it.
    unit: WeightUnit,
}
