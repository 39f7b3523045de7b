//! What variants and products cost for the reader, a batch at a time.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

use crate::catalog::offer::facts::Facts;
use crate::catalog::offer::list_price::prices_of;
use crate::catalog::offer::pricer::{Offer, Priced, Pricer, Traits};
use crate::channel::Market;
use crate::channel::price_rule::{Needs, OpenRules};
use crate::entity::publication_status::PublicationStatus;
use crate::entity::{product_variant, variant_price};
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::{Batches, group};
use crate::id::{ProductId, ProductVariantId};
use crate::pricing::{Amount, TooLarge};

/// The lowest and the highest price of a product.
pub type Span = (Amount, Amount);

/// Whether what variants cost can be told at once.
pub fn is_variant_at_hand(market: &Market) -> bool {
    market.rules().is_none_or(|rules| rules.is_at_hand(Needs::VARIANTS))
}

/// Whether the span of a product's prices can be told at once.
pub fn is_product_at_hand(market: &Market) -> bool {
    market.rules().is_none_or(|rules| rules.is_at_hand(Needs::empty()))
}

/// What a variant costs for the reader.
pub async fn of_variant(
    loader: &DataLoader<Batches>,
    market: &Arc<Market>,
    priced: Priced,
) -> Result<Offer, SharedError> {
    let Some(rules) = market.rules() else { return Ok(Offer::plain(priced.base)) };
    if is_variant_at_hand(market) {
        let pricer = Pricer::new(rules, market.currency, market.scope.now, &[]);
        return Ok(pricer.offer(&priced, Traits::default(), &[]).map_err(too_large)?);
    }
    let key = PriceOf { market: Arc::clone(market), asked: Asked::Variant(priced) };
    match loader.load_one(key).await? {
        Some(Told::Offer(offer)) => Ok(Offer::clone(&offer)),
        _ => Ok(Offer::plain(priced.base)),
    }
}

/// What the cheapest and the dearest variant of a product cost for the reader.
pub async fn of_product(
    loader: &DataLoader<Batches>,
    market: &Arc<Market>,
    product: ProductId,
    base: Span,
) -> Result<Span, SharedError> {
    let Some(rules) = market.rules() else { return Ok(base) };
    if is_product_at_hand(market) {
        let pricer = Pricer::new(rules, market.currency, market.scope.now, &[]);
        return Ok(pricer.span(product, Traits::default(), base).map_err(too_large)?);
    }
    let key = PriceOf { market: Arc::clone(market), asked: Asked::Product(product, base) };
    match loader.load_one(key).await? {
        Some(Told::Span(span)) => Ok(span),
        _ => Ok(base),
    }
}

fn too_large(error: TooLarge) -> Error {
    Error::internal(error)
}

/// What something costs for the reader of a market. It is one question, so that one batch serves a page.
#[derive(Clone)]
pub struct PriceOf {
    market: Arc<Market>,
    asked: Asked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Variant(Priced),
    /// What its cheapest and its dearest variant cost, of which the base prices are given.
    Product(ProductId, Span),
}

/// The answer to that.
#[derive(Clone, Debug)]
pub enum Told {
    Offer(Arc<Offer>),
    Span(Span),
}

/// Within one operation markets of the same scope have the same rules.
impl PartialEq for PriceOf {
    fn eq(&self, other: &Self) -> bool {
        self.market.scope == other.market.scope && self.asked == other.asked
    }
}

impl Eq for PriceOf {}

impl Hash for PriceOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.market.scope.hash(state);
        self.asked.hash(state);
    }
}

impl Loader<PriceOf> for Batches {
    type Value = Told;
    type Error = SharedError;

    async fn load(&self, keys: &[PriceOf]) -> Result<HashMap<PriceOf, Told>, SharedError> {
        let mut found = HashMap::new();
        for keys in group(keys.iter().map(|key| (key.market.scope, key))).into_values() {
            let Some(market) = keys.first().map(|key| &key.market) else { continue };
            if let Some(rules) = self.rules_for(market).await? {
                let told = self.prices(market, &rules, keys.iter().map(|key| key.asked)).await?;
                found.extend(keys.into_iter().cloned().zip(told));
            }
        }
        Ok(found)
    }
}

impl Batches {
    /// What of the market's rules holds for the reader's groups.
    async fn rules_for(&self, market: &Market) -> Result<Option<OpenRules>> {
        let Some(rules) = market.rules() else { return Ok(None) };
        if !rules.needs().contains(Needs::GROUPS) {
            return Ok(Some(rules.clone()));
        }
        Ok(rules.for_groups(self.groups().await?))
    }

    /// What was asked for, in its order. Where rules ask which variant it is, the variants of products are read.
    async fn prices(
        &self,
        market: &Market,
        rules: &OpenRules,
        asked: impl Iterator<Item = Asked> + Clone,
    ) -> Result<Vec<Told>> {
        let products = asked.clone().map(Asked::product).collect();
        let facts = Facts::read(self.db.reader(), rules, &products).await?;
        let all_vary = rules.needs().intersects(Needs::VARIANTS | Needs::LIST_PRICES);
        let spanned = asked.clone().filter(|asked| matches!(asked, Asked::Product(..))).map(Asked::product);
        let varied = spanned.filter(|product| all_vary || facts.varies(*product)).collect();
        let variants = self.variants_of(market, varied).await?;
        let named = asked.clone().filter_map(Asked::variant);
        let ids: HashSet<_> = named.chain(variants.iter().copied()).map(|priced| priced.variant).collect();
        let listed = prices_of(self.db.reader(), &rules.lists(), &ids.into_iter().collect::<Vec<_>>()).await?;
        let pricer = Pricer::new(rules, market.currency, market.scope.now, self.groups().await?);
        let offer = |priced: &Priced| {
            let traits = facts.traits(priced.product, Some(priced.variant));
            pricer.offer(priced, traits, listed.get(&priced.variant).map_or(&[], Vec::as_slice))
        };
        let mut spans: HashMap<ProductId, Span> = HashMap::new();
        for priced in &variants {
            let price = offer(priced).map_err(too_large)?.price;
            let span = spans.entry(priced.product).or_insert((price, price));
            *span = (span.0.min(price), span.1.max(price));
        }
        let tell = |asked| match asked {
            Asked::Variant(priced) => Ok(Told::Offer(Arc::new(offer(&priced)?))),
            Asked::Product(product, base) => match spans.get(&product) {
                Some(span) => Ok(Told::Span(*span)),
                None => pricer.span(product, facts.traits(product, None), base).map(Told::Span),
            },
        };
        asked.map(tell).collect::<Result<_, _>>().map_err(too_large)
    }

    /// The variants of products that are for sale in a market.
    async fn variants_of(&self, market: &Market, products: HashSet<ProductId>) -> Result<Vec<Priced>> {
        if products.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(ProductVariantId, ProductId, i64)> = product_variant::Entity::find()
            .select_only()
            .column(product_variant::Column::Id)
            .column(product_variant::Column::ProductId)
            .column(variant_price::Column::PriceMinor)
            .join(JoinType::InnerJoin, product_variant::Entity::to_price(market.channel.id))
            .filter(product_variant::COLUMN.product_id.is_in(products))
            .filter(product_variant::COLUMN.status.eq(PublicationStatus::Active))
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let priced = |(variant, product, minor)| Priced { variant, product, base: Amount::new(minor) };
        Ok(rows.into_iter().map(priced).collect())
    }
}

impl Asked {
    const fn product(self) -> ProductId {
        match self {
            Self::Variant(priced) => priced.product,
            Self::Product(product, _) => product,
        }
    }

    const fn variant(self) -> Option<Priced> {
        match self {
            Self::Variant(priced) => Some(priced),
            Self::Product(..) => None,
        }
    }
}
