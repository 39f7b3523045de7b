//! Products as clients read them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::auth::Permission;
use crate::catalog::attribute::graphql::{AssignedAttribute, assigned};
use crate::catalog::attribute::loader::ValuesOfProduct;
use crate::catalog::collection::graphql::Collection;
use crate::catalog::collection::loader::CollectionsOf;
use crate::catalog::facet::graphql::ProductFacets;
use crate::catalog::offer::graphql::PriceRange;
use crate::catalog::offer::loader as offer;
use crate::catalog::product::history::{self, graphql::ProductEventConnection};
use crate::catalog::product::loader::{FirstImageOf, ImagesOf, OptionsOf, TagsOf};
use crate::catalog::product::option::graphql::ProductOption;
use crate::catalog::product::parts::{CollectionName, FoundProduct, Parts};
use crate::catalog::product::read::ProductSelection;
use crate::catalog::product::related;
use crate::catalog::product::row::{ImageRow, ProductFields, ProductRow};
use crate::catalog::publication::{self, graphql::Publication};
use crate::catalog::variant::combination;
use crate::catalog::variant::combination::loader::VariantOfCombination;
use crate::catalog::variant::graphql::ProductVariant;
use crate::catalog::variant::input::OptionValueInput;
use crate::catalog::variant::loader::{PricedVariant, VariantsOf};
use crate::channel::Market;
use crate::entity::publication_status::PublicationStatus;
use crate::error;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded_in};
use crate::graphql::page::{self, PageArgs};
use crate::graphql::prompt::{Prompt, Prompted};
use crate::graphql::scalar::{DateTime, MetadataEntry, Seo, date_time, metadata};
use crate::pricing::Amount;

#[derive(Clone)]
pub struct Product {
    row: Arc<ProductRow>,
    /// What was read together with the row.
    parts: Option<Arc<Parts>>,
    market: Arc<Market>,
}

impl Product {
    pub fn new(row: impl Into<Arc<ProductRow>>, market: Arc<Market>) -> Self {
        Self { row: row.into(), parts: None, market }
    }

    pub fn with_parts((row, parts): FoundProduct, market: Arc<Market>) -> Self {
        Self { row: Arc::new(row), parts: Some(Arc::new(parts)), market }
    }

    /// A part that was read together with the row.
    fn part<T>(&self, part: impl FnOnce(&Parts) -> Option<&T>) -> Option<&T> {
        part(self.parts.as_deref()?)
    }

    fn row(&self) -> &ProductRow {
        &self.row
    }

    /// The lowest and the highest base price; the highest is that of the lowest where nobody asks for it.
    fn base_span(&self) -> Option<(Amount, Amount)> {
        let lowest = self.row().lowest_minor()?;
        let highest = self.row().has(ProductFields::HIGHEST_PRICE).then(|| self.row().highest_minor());
        Some((Amount::new(lowest), Amount::new(highest.unwrap_or(lowest))))
    }

    async fn load_variants(&self, ctx: &Context<'_>) -> Result<Arc<Vec<Arc<PricedVariant>>>> {
        let key = VariantsOf(self.market.scope, self.row().id);
        let rows = ctx.loader().load_one(key).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows)
    }
}

/// What the shop presents: texts, options and pictures. What is bought is one of its variants.
#[Object]
impl Product {
    /// The id.
    pub async fn id(&self) -> ID {
        self.row().id.into()
    }

    /// The part of an address that names the product.
    async fn slug(&self) -> &str {
        self.row().slug()
    }

    /// The name.
    async fn name(&self) -> &str {
        self.row().name()
    }

    /// The description as safe HTML; empty if there is none.
    async fn description(&self) -> &str {
        self.row().description()
    }

    /// Whether shoppers see it; they find nothing but `ACTIVE` ones.
    async fn status(&self) -> PublicationStatus {
        self.row().status()
    }

    /// Who makes it.
    async fn vendor(&self) -> Option<&str> {
        self.row().vendor()
    }

    /// What kind of thing it is, in the shop's own words.
    #[graphql(name = "type")]
    async fn product_type(&self) -> Option<&str> {
        self.row().product_type()
    }

    /// Tags, in their alphabet.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        if let Some(tags) = self.part(|parts| parts.tags.as_ref()) {
            return Ok(tags.clone());
        }
        let tags = ctx.loader().load_one(TagsOf(self.row().id)).await?.unwrap_or_default();
        ctx.admit(tags.len())?;
        Ok(tags.to_vec())
    }

    /// How it presents itself to search engines.
    async fn seo(&self) -> Seo {
        let (title, description) = self.row().seo();
        Seo { title, description }
    }

    /// What the variants differ in; empty if there is nothing to choose. Shoppers see the values of the variants that
    /// they see.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<ProductOption>>> {
        if let Some(options) = self.part(|parts| parts.options.as_ref()) {
            ctx.admit(options.iter().map(|option| 1 + option.values.len()).sum())?;
            return Ok(options.iter().cloned().map(ProductOption::from).map(Prompted).collect());
        }
        let key = OptionsOf(self.market.scope, self.row().id);
        let rows = ctx.loader().load_one(key).await?.unwrap_or_default();
        ctx.admit(rows.iter().map(|option| 1 + option.values.len()).sum())?;
        Ok(rows.iter().cloned().map(ProductOption::from).map(Prompted).collect())
    }

    /// What is bought. Shoppers see those that are published and have a price in the channel, at most 250; staff see
    /// archived ones, too, at most 2,000 with these.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<ProductVariant>>> {
        if let Some(variants) = self.part(|parts| parts.variants.as_ref()) {
            ctx.admit(variants.len())?;
            let variant = |parts: &Arc<_>| ProductVariant::with_parts(Arc::clone(parts), Arc::clone(&self.market));
            return Ok(variants.iter().map(variant).map(Prompted).collect());
        }
        let rows = self.load_variants(ctx).await?;
        let variant = |row: &Arc<_>| Prompted(ProductVariant::new(Arc::clone(row), Arc::clone(&self.market)));
        Ok(rows.iter().map(variant).collect())
    }

    /// What the cheapest and the dearest variant cost the reader now in the channel, by price lists and promotions of the
    /// catalogue; null if none has a price.
    async fn price_range(&self, ctx: &Context<'_>) -> Result<Option<Prompted<PriceRange>>> {
        let Some(base) = self.base_span() else { return Ok(None) };
        let paid = offer::of_product(ctx.loader(), &self.market, self.row().id, base).await?;
        Ok(Some(Prompted(PriceRange::of(paid, &self.market))))
    }

    /// The lowest and the highest price that the shop has set for a variant in the channel, before price lists and
    /// promotions; filters and sorts go by them. Null if none has a price.
    async fn base_price_range(&self) -> Option<Prompted<PriceRange>> {
        Some(Prompted(PriceRange::of(self.base_span()?, &self.market)))
    }

    /// Whether at least one variant can be bought now.
    async fn is_available(&self) -> bool {
        self.row().is_available()
    }

    /// The first picture; null if there is none.
    async fn image(&self, ctx: &Context<'_>) -> Result<Option<Prompted<Image>>> {
        if self.row().has(ProductFields::IMAGE) {
            return Ok(self.row().image().map(|image| Prompted(Image::new(ctx, image))));
        }
        let row = ctx.loader().load_one(FirstImageOf(self.row().id)).await?;
        Ok(row.map(|row| Prompted(Image::new(ctx, &row.into()))))
    }

    /// All pictures in the order in which they are shown, at most 100.
    #[graphql(complexity = "page::of_list(5, child_complexity)")]
    async fn images(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<Image>>> {
        if let Some(images) = self.part(|parts| parts.images.as_ref()) {
            ctx.admit(images.len())?;
            return Ok(images.iter().map(|image| Prompted(Image::new(ctx, image))).collect());
        }
        let rows = ctx.loader().load_one(ImagesOf(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(|row| Prompted(Image::new(ctx, &row.clone().into()))).collect())
    }

    /// The collections that it is a member of, at most 250 by hand and 250 by rules.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<Collection>>> {
        let market = self.market.around();
        if let Some(names) = self.part(|parts| parts.collections.as_ref()) {
            ctx.admit(names.len())?;
            let named = |name: &CollectionName| Collection::named(name.clone(), Arc::clone(&market));
            return Ok(names.iter().map(named).map(Prompted).collect());
        }
        let rows = ctx.loader().load_one(CollectionsOf(market.scope, self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().map(|row| Prompted(Collection::new(Arc::clone(row), Arc::clone(&market)))).collect())
    }

    /// Values that the shop keeps on it and anybody may read.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(self.row().metadata())
    }

    /// Values that the shop keeps on it for staff. Requires `PRODUCT_READ`.
    async fn private_metadata(&self, ctx: &Context<'_>) -> Guarded<Vec<MetadataEntry>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || metadata(self.row().private_metadata()))
    }

    /// Its id in another system of the shop. Requires `PRODUCT_READ`.
    async fn external_id(&self, ctx: &Context<'_>) -> Guarded<Option<&str>> {
        guarded_in(ctx, Permission::ProductRead, &self.market, || self.row().external_id())
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.row().created_at())
    }

    /// When it, a variant or a price was last changed; stock does not count.
    async fn updated_at(&self) -> DateTime {
        date_time(self.row().updated_at())
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.row().version()).unwrap_or(i32::MAX)
    }

    /// The channels that it is assigned to, at most 100, in the alphabet of their slugs. Requires `PRODUCT_READ`.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn publications(&self, ctx: &Context<'_>) -> Guarded<Vec<Publication>> {
        publication::graphql::of_product(ctx, &self.market, self.row().id).await
    }

    /// The variant with exactly these option values; null if there is none that you may see.
    async fn variant_by_options(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One value of each option; names are compared without regard to case and accents.")]
        options: Vec<OptionValueInput>,
    ) -> Result<Option<ProductVariant>> {
        let (scope, product) = (self.market.scope, self.row().id);
        let known = ctx.loader().load_one(OptionsOf(scope, product)).await?.unwrap_or_default();
        let Some(option_key) = combination::key_of(&known, &options)? else { return Ok(None) };
        let row = ctx.loader().load_one(VariantOfCombination { scope, product, option_key }).await?;
        Ok(row.map(|row| ProductVariant::new(row, Arc::clone(&self.market))))
    }

    /// The values that it has of attributes, at most 50, in the attributes' order; its variants have values of their own.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<Prompted<AssignedAttribute>>> {
        if let Some(rows) = self.part(|parts| parts.attributes.as_ref()) {
            ctx.admit(rows.len())?;
            return Ok(assigned(rows, &self.market));
        }
        let rows = ctx.loader().load_one(ValuesOfProduct(self.row().id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(assigned(&rows, &self.market))
    }

    /// Products to show beside it: those that the shop has picked for it, then members of its collections; never itself.
    /// Shoppers see those that are published in the channel.
    #[graphql(complexity = "page::of_list(usize::try_from(first).unwrap_or_default(), child_complexity)")]
    async fn related_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at least 1 and at most 20.", default = 8)] first: i32,
    ) -> Result<Vec<Self>> {
        let market = self.market.around();
        let rows = related::loader::load(ctx.loader(), market.scope, self.row().id, first).await?;
        ctx.admit(rows.len())?;
        Ok(rows.into_iter().map(|row| Self::new(row, Arc::clone(&market))).collect())
    }

    /// What happened to it, to its variants and to their prices, newest first; stock has a ledger of its own. Requires
    /// `PRODUCT_READ`.
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
    ) -> Guarded<ProductEventConnection> {
        if let Some(Err(refusal)) = guarded_in(ctx, Permission::ProductRead, &self.market, || ()) {
            return Some(Err(refusal));
        }
        let args = PageArgs { first, after, last, before };
        Some(history::graphql::page(ctx, self.row().id, &args).await)
    }
}

/// A picture.
#[derive(SimpleObject)]
pub struct Image {
    /// The id.
    id: ID,
    /// The full address.
    url: String,
    /// What it shows, for those who cannot see it.
    alt_text: Option<String>,
}

impl Image {
    pub fn new(ctx: &Context<'_>, row: &ImageRow) -> Self {
        Self { id: row.id.into(), url: ctx.app().address(&row.url), alt_text: row.alt_text.clone() }
    }
}

impl Prompt for Image {
    fn is_prompt(&self, _field: &str) -> bool {
        true
    }
}

impl Prompt for Product {
    fn is_prompt(&self, field: &str) -> bool {
        match field {
            "id" | "slug" | "name" | "description" | "status" | "vendor" | "type" | "basePriceRange"
            | "isAvailable" | "createdAt" | "updatedAt" | "version" => true,
            "priceRange" => offer::is_product_at_hand(&self.market),
            "image" => self.row().has(ProductFields::IMAGE),
            "tags" => self.part(|parts| parts.tags.as_ref()).is_some(),
            "options" => self.part(|parts| parts.options.as_ref()).is_some(),
            "variants" => self.part(|parts| parts.variants.as_ref()).is_some(),
            "images" => self.part(|parts| parts.images.as_ref()).is_some(),
            "collections" => self.part(|parts| parts.collections.as_ref()).is_some(),
            "attributes" => self.part(|parts| parts.attributes.as_ref()).is_some(),
            _ => false,
        }
    }
}

connection!(
    /// A page of products.
    ProductConnection,
    ProductEdge,
    Product,
    ProductCount,
    {
        /// What the list can be narrowed by, and how many products would be left. It is counted only when asked for.
        async fn facets(&self, ctx: &Context<'_>) -> Result<ProductFacets> {
            self.count.facets(ctx).await
        }
    }
);

/// Counts the products of a list, or of a collection.
pub enum ProductCount {
    List(Box<ProductSelection>, Arc<Market>),
    Collection(crate::catalog::collection::member_loader::MemberCountOf, Arc<Market>),
}

impl ProductCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        match self {
            Self::List(selection, market) => Ok(list_count(ctx, selection, market).await?),
            Self::Collection(key, _) => Ok(ctx.loader().load_one(*key).await?.unwrap_or(0)),
        }
    }

    async fn facets(&self, ctx: &Context<'_>) -> Result<ProductFacets> {
        let (selection, market) = match self {
            Self::List(selection, market) => (selection.as_ref().clone(), market),
            Self::Collection(key, market) => (ProductSelection::of_members(key.1), market),
        };
        let facets = ctx.app().facet_reader.read(ctx.actor(), market, &selection).await?;
        Ok(ProductFacets::new(facets, Arc::clone(market)))
    }
}

async fn list_count(ctx: &Context<'_>, selection: &ProductSelection, market: &Market) -> error::Result<u64> {
    ctx.app().product_reader.count(ctx.actor(), market, selection).await
}
