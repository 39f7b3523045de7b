//! What the price of a cart depends on beside what lies in it, read by a number of statements that the cart's size does
//! not change.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::address::{Address, Place};
use crate::auth::Sight;
use crate::cart::buyer::CartBuyer;
use crate::cart::content::{self, Content};
use crate::cart::item::Item;
use crate::cart::subject::Subjects;
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::{cart, channel, channel_country, gift_card};
use crate::error::{Error, Result};
use crate::gift_card as gift_cards;
use crate::id::{ProductVariantId, TaxClassId};
use crate::price_list;
use crate::pricing::{Action, ListPrice, TaxPair};
use crate::promotion::{self, Asker, Candidates};
use crate::shipping::{self, OfferedMethod};
use crate::tax::{Answer, Failure, Question, Taxes};

/// Where the rest comes from.
#[derive(Clone)]
pub struct Sources {
    pub db: Db,
    pub taxes: Taxes,
}

/// Everything but the content.
#[derive(Clone)]
pub struct Context {
    pub market: Arc<Market>,
    pub buyer: CartBuyer,
    pub promotions: Candidates,
    pub list_prices: HashMap<ProductVariantId, Vec<ListPrice>>,
    pub subjects: Subjects,
    pub methods: Vec<OfferedMethod>,
    pub rates: Rates,
    /// In the order in which they pay; those that are gone are missing.
    pub gift_cards: Vec<gift_card::Model>,
    /// Whether the channel sells to the country of the shipping address; true where there is none.
    pub is_served: bool,
}

/// The rates of tax where the goods go.
#[derive(Clone)]
pub enum Rates {
    Known(Answer),
    /// Whoever knows them did not answer.
    Unknown,
}

impl Rates {
    pub fn of(&self, class: Option<TaxClassId>) -> TaxPair {
        match self {
            Self::Known(answer) => answer.of(class),
            Self::Unknown => TaxPair::default(),
        }
    }

    /// What is not taxable has no rate.
    pub fn of_item(&self, item: &Item) -> TaxPair {
        if item.is_taxable { self.of(item.tax_class) } else { TaxPair::default() }
    }
}

impl Context {
    /// Reads it, and makes the content know the variants that promotions give.
    pub async fn load(
        sources: &Sources,
        content: &mut Content,
        channel: Arc<channel::Model>,
        now: Timestamp,
    ) -> Result<Self> {
        let db = sources.db.reader();
        let market = Arc::new(Market::new(Arc::clone(&channel), now, Sight::Published)?);
        let buyer = CartBuyer::load(db, &content.row).await?;
        let codes = content::codes(&content.row);
        let asker = Asker {
            channel: channel.id,
            at: now,
            codes: &codes,
            customer: content.row.customer_id,
            email: buyer.email.as_deref(),
        };
        let promotions = promotion::candidates(db, &asker).await?;
        content.learn(db, gifts(&promotions), now).await?;
        let variants: Vec<_> = content.items.keys().copied().collect();
        let list_prices =
            price_list::open_prices(db, channel.id, market.currency, &buyer.groups, now, &variants).await?;
        let subjects = Subjects::load(db, &content.items, &promotions).await?;
        let shipping_address = address(content.row.shipping_address.as_ref())?;
        let place = place(&content.row, &channel)?;
        let methods = shipping::offered(db, channel.id, market.currency, &place).await?;
        let rates = rates(sources, content, &methods, (&channel.home_country, place), now).await?;
        let ids = content::gift_cards(&content.row)?;
        let gift_cards = if ids.is_empty() { Vec::new() } else { gift_cards::find_all(db, &ids).await? };
        let is_served = match &shipping_address {
            Some(address) => channel_country::Entity::has(db, channel.id, &address.country).await?,
            None => true,
        };
        Ok(Self { market, buyer, promotions, list_prices, subjects, methods, rates, gift_cards, is_served })
    }

    /// The same where the goods would go to another place.
    pub async fn moved_to(&self, sources: &Sources, content: &Content, place: Place) -> Result<Self> {
        let channel = &self.market.channel;
        let db = sources.db.reader();
        let methods = shipping::offered(db, channel.id, self.market.currency, &place).await?;
        let is_served = channel_country::Entity::has(db, channel.id, &place.country).await?;
        let methods = if is_served { methods } else { Vec::new() };
        let now = self.market.scope.now;
        let rates = rates(sources, content, &methods, (&channel.home_country, place), now).await?;
        Ok(Self { methods, rates, is_served, ..self.clone() })
    }
}

/// Where the goods go, as taxes and ways of delivery see it.
fn place(row: &cart::Model, channel: &channel::Model) -> Result<Place> {
    let address = match address(row.shipping_address.as_ref())? {
        None => address(row.billing_address.as_ref())?,
        found => found,
    };
    Ok(address.as_ref().map_or_else(|| Place::of_country(channel.home_country.clone()), Place::from))
}

/// An address of a cart.
pub fn address(document: Option<&serde_json::Value>) -> Result<Option<Address>> {
    document.map(|document| serde_json::from_value(document.clone())).transpose().map_err(Error::internal)
}

fn gifts(promotions: &Candidates) -> impl Iterator<Item = ProductVariantId> {
    promotions.promotions.iter().filter_map(|candidate| match candidate.rule.action {
        Action::Gift { variant, .. } => Some(variant),
        _ => None,
    })
}

async fn rates(
    sources: &Sources,
    content: &Content,
    methods: &[OfferedMethod],
    (home_country, place): (&str, Place),
    at: Timestamp,
) -> Result<Rates> {
    let of_items = content.items.values().filter(|item| item.is_taxable).map(|item| item.tax_class);
    let of_methods = methods.iter().map(|method| method.tax_class);
    let classes: BTreeSet<_> = of_items.chain(of_methods).collect();
    let question = Question { home_country: home_country.to_owned(), place, classes, at };
    match sources.taxes.rates(sources.db.reader(), &question).await {
        Ok(answer) => Ok(Rates::Known(answer)),
        Err(Failure::Unavailable) => Ok(Rates::Unknown),
        Err(Failure::Error(error)) => Err(error),
    }
}
