//! Counts the values of the products of a list.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::auth::Actor;
use crate::catalog::attribute::Millionths;
use crate::catalog::facet::memory::{FacetMemory, Word};
use crate::catalog::facet::select;
use crate::catalog::facet::tally::{Bit, Conditions, Listings, Tally};
use crate::catalog::product::filter::{Alternatives, CheckedFilter, Source};
use crate::catalog::product::read::ProductSelection;
use crate::channel::Market;
use crate::db::Db;
use crate::entity::attribute_type::AttributeType;
use crate::entity::{attribute, attribute_choice, facet_value};
use crate::error::Result;

/// The most values of one source, the most frequent of them.
pub const MAX_VALUES: usize = 100;
/// How many values one statement looks up: databases bound the number of parameters.
const MAX_LOOKED_UP: usize = 10_000;

/// How many products of a list have which value.
#[derive(Debug, Default)]
pub struct Facets {
    /// In the shop's order; those that nothing has a value of are left out.
    pub attributes: Vec<AttributeCounts>,
    pub vendors: Vec<ValueCount>,
    pub types: Vec<ValueCount>,
    pub tags: Vec<ValueCount>,
    /// The lowest and the highest price in minor units.
    pub price: Option<(i64, i64)>,
    pub available: u32,
}

#[derive(Debug)]
pub struct AttributeCounts {
    pub attribute: Arc<attribute::Model>,
    pub values: Vec<ValueCount>,
    /// The least and the greatest number.
    pub range: Option<(Millionths, Millionths)>,
}

#[derive(Clone, Debug)]
pub struct ValueCount {
    pub value: String,
    pub label: String,
    pub color: Option<String>,
    pub count: u32,
}

#[derive(Clone)]
pub struct FacetReader {
    db: Db,
    memory: FacetMemory,
}

impl FacetReader {
    pub fn new(db: Db) -> Self {
        Self { db, memory: FacetMemory::new() }
    }

    /// Sees to it that nobody is told of what was counted before now, because this node has changed something.
    pub fn forget(&self) {
        self.memory.begin_age();
    }

    /// Counts the products of a list. Shoppers may be told what was there some seconds ago.
    pub async fn read(&self, actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<Arc<Facets>> {
        let counted = self.count(actor, market, selection);
        if market.scope.sees_drafts || selection.filter.external_id.is_some() {
            return counted.await.map(Arc::new);
        }
        let question = format!("{} {:?} {:?}", market.scope.channel, selection.filter, selection.query);
        self.memory.answer(question, counted).await
    }

    async fn count(&self, actor: &Actor, market: &Market, selection: &ProductSelection) -> Result<Facets> {
        let wanted = CheckedFilter::read(self.db.reader(), actor, market, selection).await?;
        let sources = Sources::read(self.db.reader()).await?;
        let (key, db) = ((market.scope.channel, selection.among()), self.db.clone());
        let statement = select::select(market.scope, selection.among(), &wanted);
        let listings = if market.scope.sees_drafts || !wanted.rest.is_empty() {
            Arc::new(listings(db, statement).await?)
        } else {
            self.memory.list(key, || listings(db, statement)).await?
        };
        let words = self.words(listings.seen()).await?;
        let tally = listings.count(&conditions(&wanted, &sources, &words));
        let mut facets = sources.facets(&tally, &words);
        name_choices(self.db.reader(), &mut facets.attributes).await?;
        Ok(facets)
    }

    /// What the codes mean, by code; those that are not remembered are looked up.
    async fn words(&self, codes: &[bool]) -> Result<Vec<Option<Arc<Word>>>> {
        let remembered = self.memory.words();
        let is_there = |code: &usize| codes.get(*code).copied().unwrap_or_default();
        let mut words: Vec<Option<Arc<Word>>> = Vec::with_capacity(codes.len());
        words.extend((0..codes.len()).map(|code| is_there(&code).then(|| remembered.get(code)).flatten()));
        let is_unknown = |code: &usize| is_there(code) && words.get(*code).is_some_and(Option::is_none);
        let unknown: Vec<i64> =
            (0..codes.len()).filter(is_unknown).filter_map(|code| i64::try_from(code).ok()).collect();
        for some in unknown.chunks(MAX_LOOKED_UP) {
            let rows = facet_value::Entity::find().filter(facet_value::COLUMN.id.is_in(some.iter().copied()));
            for row in rows.all(self.db.reader()).await? {
                let facet_value::Model { id, source, value_key: key, label } = row;
                let word = Arc::new(Word { source, key, label });
                let Ok(code) = usize::try_from(id) else { continue };
                remembered.insert(code, Arc::clone(&word));
                if let Some(place) = words.get_mut(code) {
                    *place = Some(word);
                }
            }
        }
        Ok(words)
    }
}

async fn listings(db: Db, statement: SelectStatement) -> Result<Listings> {
    let row = db.reader().query_one(&statement).await?;
    let texts: (Option<String>, Option<String>) = match row {
        Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
        None => (None, None),
    };
    Ok(Listings::read(texts.0.as_deref().unwrap_or_default(), texts.1.as_deref().unwrap_or_default()))
}

/// The sources that are counted, by the names under which values are numbered.
struct Sources {
    attributes: Vec<Arc<attribute::Model>>,
    by_name: HashMap<String, Source>,
}

impl Sources {
    async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let rows = attribute::Entity::find()
            .filter(attribute::COLUMN.is_filterable.eq(true))
            .order_by_asc(attribute::Column::Position)
            .order_by_asc(attribute::Column::Id)
            .all(db)
            .await?;
        let attributes: Vec<_> = rows.into_iter().map(Arc::new).collect();
        let of_attributes = attributes.iter().map(|row| (format!("attribute:{}", row.code), Source::Attribute(row.id)));
        let others = [("vendor", Source::Vendor), ("type", Source::Type), ("tag", Source::Tag)];
        let by_name = of_attributes.chain(others.map(|(name, source)| (name.to_owned(), source))).collect();
        Ok(Self { attributes, by_name })
    }

    fn of(&self, word: &Word) -> Option<Source> {
        self.by_name.get(&word.source).copied()
    }

    /// What was counted, source by source.
    fn facets(&self, tally: &Tally, words: &[Option<Arc<Word>>]) -> Facets {
        let mut counts: BTreeMap<Source, Vec<(&Word, u32)>> = BTreeMap::new();
        for (count, word) in tally.counts.iter().zip(words).filter(|(count, _)| **count > 0) {
            if let Some((source, word)) = word.as_deref().and_then(|word| Some((self.of(word)?, word))) {
                counts.entry(source).or_default().push((word, *count));
            }
        }
        let attributes = self.attributes.iter().filter_map(|row| {
            let counts = counts.remove(&Source::Attribute(row.id))?;
            let range = (row.r#type == AttributeType::Number).then(|| range(&counts)).flatten();
            Some(AttributeCounts { attribute: Arc::clone(row), values: most_frequent(counts), range })
        });
        let attributes = attributes.collect();
        let mut of = |source| counts.remove(&source).map(most_frequent).unwrap_or_default();
        Facets {
            attributes,
            vendors: of(Source::Vendor),
            types: of(Source::Type),
            tags: of(Source::Tag),
            price: tally.price,
            available: tally.available,
        }
    }
}

fn range(counts: &[(&Word, u32)]) -> Option<(Millionths, Millionths)> {
    let numbers = || counts.iter().filter_map(|(word, _)| Millionths::parse(&word.key).ok());
    numbers().min().zip(numbers().max())
}

fn most_frequent(mut counts: Vec<(&Word, u32)>) -> Vec<ValueCount> {
    counts.sort_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| one.key.cmp(&other.key)));
    let value = |(word, count): (&Word, u32)| ValueCount {
        value: word.key.clone(),
        label: word.label.clone(),
        color: None,
        count,
    };
    counts.into_iter().take(MAX_VALUES).map(value).collect()
}

/// What is wanted, as bits of codes. A filter has far fewer conditions than there are bits.
fn conditions(wanted: &CheckedFilter, sources: &Sources, words: &[Option<Arc<Word>>]) -> Conditions {
    let mut conditions = Conditions { met: vec![0; words.len()], own: vec![0; words.len()], ..Conditions::default() };
    let mut bits = (0..Bit::BITS).map(|place| 1 << place);
    let mut next = || {
        let bit = bits.next().unwrap_or_default();
        conditions.all |= bit;
        bit
    };
    let price = wanted.price.map(|(from, to)| (next(), from, to));
    let is_available = wanted.is_available.map(|is| (next(), is));
    let tags: HashMap<&str, Bit> = wanted.tags.iter().map(|tag| (tag.as_str(), next())).collect();
    let of_sources: HashMap<Source, (Bit, &Alternatives)> =
        wanted.sources.iter().map(|(source, (alternatives, _))| (*source, (next(), alternatives))).collect();
    (conditions.price, conditions.is_available) = (price, is_available);
    for ((met, own), word) in conditions.met.iter_mut().zip(&mut conditions.own).zip(words) {
        let Some((source, word)) = word.as_deref().and_then(|word| Some((sources.of(word)?, word))) else { continue };
        if source == Source::Tag {
            // All tags have to be there, so a count tells what one more would leave.
            *met = tags.get(word.key.as_str()).copied().unwrap_or_default();
        } else if let Some((bit, alternatives)) = of_sources.get(&source) {
            *own = *bit;
            *met = if alternatives.include(&word.key) { *bit } else { 0 };
        }
    }
    conditions
}

/// Choices go by their names and colours as they are now.
async fn name_choices(db: &impl ConnectionTrait, attributes: &mut [AttributeCounts]) -> Result<()> {
    let with_choices = || attributes.iter().filter(|facet| facet.attribute.r#type.has_choices());
    let slugs: BTreeSet<&str> =
        with_choices().flat_map(|facet| facet.values.iter().map(|value| value.value.as_str())).collect();
    if slugs.is_empty() {
        return Ok(());
    }
    let rows = attribute_choice::Entity::find()
        .filter(attribute_choice::COLUMN.attribute_id.is_in(with_choices().map(|facet| facet.attribute.id)))
        .filter(attribute_choice::COLUMN.slug.is_in(slugs))
        .all(db)
        .await?;
    let rows: HashMap<_, _> = rows.iter().map(|row| ((row.attribute_id, row.slug.as_str()), row)).collect();
    for facet in attributes {
        for value in &mut facet.values {
            if let Some(row) = rows.get(&(facet.attribute.id, value.value.as_str())) {
                (value.label, value.color) = (row.name.clone(), row.color.clone());
            }
        }
    }
    Ok(())
}
