//! Finds channels, and makes the first one.

use std::collections::BTreeSet;
use std::sync::Arc;

use iso_currency::Currency;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait};
use sea_orm::{QueryFilter, QueryOrder};

use crate::auth::{Actor, Sight};
use crate::channel::change;
use crate::channel::market::Market;
use crate::channel::memory::ChannelMemory;
use crate::channel::price_rule::{PriceRuleMemory, PriceRules};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::channel;
use crate::error::{Error, Result, UserError};
use crate::id::ChannelId;

#[derive(Clone)]
pub struct ChannelService {
    pub(super) db: Db,
    pub(super) memory: ChannelMemory,
    price_rules: PriceRuleMemory,
}

impl ChannelService {
    pub fn new(db: Db, price_rules: PriceRuleMemory) -> Self {
        Self { db, memory: ChannelMemory::new(), price_rules }
    }

    /// The market of a channel's slug, or of the default channel, as the actor sees it at an instant.
    pub async fn market(&self, actor: &Actor, now: Timestamp, slug: Option<&str>) -> Result<Market> {
        let channel = match self.memory.get(slug) {
            Some(channel) => channel,
            None => self.recall(slug).await?,
        };
        let rules = match self.price_rules.get(channel.id) {
            Some(rules) => rules,
            None => self.recall_rules(channel.id).await?,
        };
        let sight = actor.sight(channel.id);
        Ok(Market::new(channel, now, sight)?.with_rules(&rules, actor.customer().is_some()))
    }

    async fn recall_rules(&self, channel: ChannelId) -> Result<Arc<PriceRules>> {
        let reading = self.price_rules.begin();
        let rules = Arc::new(PriceRules::read(self.db.reader(), channel, Timestamp::now()).await?);
        self.price_rules.keep(channel, &rules, reading);
        Ok(rules)
    }

    async fn recall(&self, slug: Option<&str>) -> Result<Arc<channel::Model>> {
        let channel = find_row(self.db.reader(), slug).await?;
        let channel = channel.ok_or_else(|| {
            Error::BadInput(format!("There is no channel with the slug \"{}\".", slug.unwrap_or_default()))
        })?;
        let channel = Arc::new(channel);
        self.memory.keep(slug, Arc::clone(&channel));
        Ok(channel)
    }

    /// The channel of an id, as a node remembers it.
    pub async fn get(&self, id: ChannelId) -> Result<Option<Arc<channel::Model>>> {
        if let Some(channel) = self.memory.get_by_id(id) {
            return Ok(Some(channel));
        }
        let channel = self.find(id).await?.map(Arc::new);
        if let Some(channel) = &channel {
            self.memory.keep_by_id(Arc::clone(channel));
        }
        Ok(channel)
    }

    pub async fn find(&self, id: ChannelId) -> Result<Option<channel::Model>> {
        Ok(channel::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    pub async fn find_by_slug(&self, slug: &str) -> Result<Option<channel::Model>> {
        find_row(self.db.reader(), Some(slug)).await
    }

    /// All of them, the default one first, then in the alphabet of their slugs.
    pub async fn list(&self) -> Result<Vec<channel::Model>> {
        let all = channel::Entity::find().order_by_desc(channel::Column::IsDefault);
        Ok(all.order_by_asc(channel::Column::Slug).all(self.db.reader()).await?)
    }

    /// Makes the default channel of a fresh database; does nothing where there is one.
    pub async fn create_default(&self) -> Result<()> {
        let tx = self.db.begin().await?;
        if channel::Entity::find_default(&tx).await?.is_none() {
            insert_default(&tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The market of a channel's slug, or of the default channel, for those who write and see everything.
pub async fn find(db: &impl ConnectionTrait, slug: Option<&str>) -> Result<Option<Market>> {
    let channel = find_row(db, slug).await?;
    channel.map(|channel| Market::new(Arc::new(channel), Timestamp::now(), Sight::All)).transpose()
}

/// The channels of the slugs that an input has in its field `channels`, or the default channel where it has none.
pub async fn find_all(
    db: &impl ConnectionTrait,
    checks: &mut Checks,
    slugs: Option<Vec<String>>,
) -> Result<Vec<ChannelId>> {
    let Some(slugs) = slugs else {
        let row = find_row(db, None).await?.ok_or_else(|| Error::internal("there is no default channel"))?;
        return Ok(vec![row.id]);
    };
    if slugs.len() > change::MAX_CHANNELS {
        checks.push(UserError::too_long(checks.path("channels"), "The list of channels", change::MAX_CHANNELS));
        return Ok(Vec::new());
    }
    let known = channel::Entity::find().filter(channel::COLUMN.slug.is_in(slugs.iter().map(String::as_str)));
    let known = known.all(db).await?;
    for (index, slug) in slugs.iter().enumerate() {
        if !known.iter().any(|channel| channel.slug == *slug) {
            checks.push(UserError::not_found(checks.path(&format!("channels.{index}")), "channel"));
        }
    }
    Ok(known.into_iter().map(|channel| channel.id).collect())
}

async fn find_row(db: &impl ConnectionTrait, slug: Option<&str>) -> Result<Option<channel::Model>> {
    Ok(match slug {
        Some(slug) => channel::Entity::find_by_slug(db, slug).await?,
        None => channel::Entity::find_default(db).await?,
    })
}

async fn insert_default(tx: &DatabaseTransaction) -> Result<()> {
    let (id, now) = (ChannelId::generate(), Timestamp::now());
    let row = channel::ActiveModel {
        id: Set(id),
        slug: Set("default".to_owned()),
        name: Set("Default".to_owned()),
        currency: Set(Currency::USD.code().to_owned()),
        default_language: Set("en".to_owned()),
        home_country: Set("US".to_owned()),
        prices_include_tax: Set(false),
        is_default: Set(true),
        storefront_url: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..Default::default()
    };
    // Another node may be first; the unique default then stands.
    let stand = OnConflict::new().do_nothing().to_owned();
    channel::Entity::insert(row).on_conflict(stand).exec_without_returning(tx).await?;
    match channel::Entity::find_default(tx).await? {
        Some(row) if row.id == id => change::insert_countries(tx, id, &BTreeSet::from([row.home_country])).await,
        _ => Ok(()),
    }
}
