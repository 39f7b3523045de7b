//! What variants and products cost for the reader, a batch at a time.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};

use crate::catalog::offer::facts::Facts;
use crate::catalog::offer::list_price::prices_of;
use crate::catalog::offer::offer::{Offer, Priced, Pricer, Traits};
use crate::channel::Market;
use crate::channel::price_rule::{Needs, OpenRules};
use crate::clock::Timestamp;
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
    let offer = loader.load_one(OfferOf { market: Arc::clone(market), priced }).await?;
    Ok(offer.map_or_else(|| Offer::plain(priced.base), |offer| Offer::clone(&offer)))
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
    let span = loader.load_one(SpanOf { market: Arc::clone(market), product, base }).await?;
    Ok(span.unwrap_or(base))
}

fn too_large(error: TooLarge) -> Error {
    Error::internal(error)
}

/// What a variant costs for the reader of a market.
#[derive(Clone)]
pub struct OfferOf {
    market: Arc<Market>,
    priced: Priced,
}

/// What the cheapest and the dearest variant of a product cost for the reader of a market.
#[derive(Clone)]
pub struct SpanOf {
    market: Arc<Market>,
    product: ProductId,
    base: Span,
}

/// Within one operation markets of the same scope have the same rules.
macro_rules! key {
    ($key:ident, $($part:ident),+) => {
        impl PartialEq for $key {
            fn eq(&self, other: &Self) -> bool {
                self.market.scope == other.market.scope $(&& self.$part == other.$part)+
            }
        }

        impl Eq for $key {}

        impl Hash for $key {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.market.scope.hash(state);
                $(self.$part.hash(state);)+
            }
        }
    };
}

key!(OfferOf, priced);
key!(SpanOf, product, base);

impl Loader<OfferOf> for Batches {
    type Value = Arc<Offer>;
    type Error = SharedError;

    async fn load(&self, keys: &[OfferOf]) -> Result<HashMap<OfferOf, Arc<Offer>>, SharedError> {
        let mut found = HashMap::new();
        for keys in group(keys.iter().map(|key| (key.market.scope, key))).into_values() {
            let Some(market) = keys.first().map(|key| &key.market) else { continue };
            let priced: Vec<Priced> = keys.iter().map(|key| key.priced).collect();
            if let Some(rules) = self.rules_for(market).await? {
                let products = priced.iter().map(|priced| priced.product).collect();
                let facts = Facts::read(self.db.reader(), &rules, &products).await?;
                let offers = self.offers(market, (&rules, &facts), &priced).await?;
                found.extend(keys.into_iter().cloned().zip(offers.into_iter().map(Arc::new)));
            }
        }
        Ok(found)
    }
}

impl Loader<SpanOf> for Batches {
    type Value = Span;
    type Error = SharedError;

    async fn load(&self, keys: &[SpanOf]) -> Result<HashMap<SpanOf, Span>, SharedError> {
        let mut found = HashMap::new();
        for keys in group(keys.iter().map(|key| (key.market.scope, key))).into_values() {
            let Some(market) = keys.first().map(|key| &key.market) else { continue };
            if let Some(rules) = self.rules_for(market).await? {
                let products = keys.iter().map(|key| key.product).collect();
                let facts = Facts::read(self.db.reader(), &rules, &products).await?;
                let spans = self.spans(market, (&rules, &facts), &keys).await?;
                found.extend(keys.into_iter().cloned().zip(spans));
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

    /// What variants cost, in their order.
    async fn offers(
        &self,
        market: &Market,
        (rules, facts): (&OpenRules, &Facts),
        priced: &[Priced],
    ) -> Result<Vec<Offer>> {
        let variants: Vec<ProductVariantId> = priced.iter().map(|priced| priced.variant).collect();
        let listed = prices_of(self.db.reader(), &rules.lists(), &variants).await?;
        let pricer = Pricer::new(rules, market.currency, at(market), self.groups().await?);
        let offer = |priced: &Priced| {
            let traits = facts.traits(priced.product, Some(priced.variant));
            pricer.offer(priced, traits, listed.get(&priced.variant).map_or(&[], Vec::as_slice))
        };
        priced.iter().map(offer).collect::<Result<_, _>>().map_err(too_large)
    }

    /// What the cheapest and the dearest variant of products cost, in their order. Where rules ask which variant it is,
    /// the variants are read.
    async fn spans(
        &self,
        market: &Market,
        (rules, facts): (&OpenRules, &Facts),
        keys: &[&SpanOf],
    ) -> Result<Vec<Span>> {
        let all_vary = rules.needs().intersects(Needs::VARIANTS | Needs::LIST_PRICES);
        let varied = keys.iter().map(|key| key.product).filter(|product| all_vary || facts.varies(*product));
        let priced = self.variants_of(market, varied.collect()).await?;
        let mut of_variants: HashMap<ProductId, Span> = HashMap::new();
        for offer in priced.iter().zip(self.offers(market, (rules, facts), &priced).await?) {
            let (Priced { product, .. }, Offer { price, .. }) = offer;
            let span = of_variants.entry(*product).or_insert((price, price));
            *span = (span.0.min(price), span.1.max(price));
        }
        let pricer = Pricer::new(rules, market.currency, at(market), self.groups().await?);
        let span = |key: &&SpanOf| match of_variants.get(&key.product) {
            Some(span) => Ok(*span),
            None => pricer.span(key.product, facts.traits(key.product, None), key.base),
        };
        keys.iter().map(span).collect::<Result<_, _>>().map_err(too_large)
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

const fn at(market: &Market) -> Timestamp {
    market.scope.now
}
