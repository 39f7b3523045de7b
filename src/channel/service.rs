//! Finds the channel of an operation, and makes the first one.

use iso_currency::Currency;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::entity::channel;
use crate::error::{Error, Result};
use crate::id::ChannelId;
use crate::money::Money;

/// The reader's standpoint: what is for sale, in which currency.
#[derive(Clone, Debug)]
pub struct Market {
    pub channel: channel::Model,
    pub currency: Currency,
}

impl Market {
    fn new(channel: channel::Model) -> Result<Self> {
        let currency = Currency::from_code(&channel.currency)
            .ok_or_else(|| Error::internal(format!("channel {} has an unknown currency", channel.id)))?;
        Ok(Self { channel, currency })
    }

    /// An amount in this market's currency.
    pub const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}

#[derive(Clone)]
pub struct ChannelService {
    db: Db,
}

impl ChannelService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// The market of a channel's slug, or of the default channel.
    pub async fn market(&self, slug: Option<&str>) -> Result<Market> {
        find(self.db.reader(), slug).await?.ok_or_else(|| {
            Error::BadInput(format!("There is no channel with the slug \"{}\".", slug.unwrap_or_default()))
        })
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

/// The market of a channel's slug, or of the default channel.
pub async fn find(db: &impl ConnectionTrait, slug: Option<&str>) -> Result<Option<Market>> {
    let channel = match slug {
        Some(slug) => channel::Entity::find_by_slug(db, slug).await?,
        None => channel::Entity::find_default(db).await?,
    };
    channel.map(Market::new).transpose()
}

async fn insert_default(tx: &DatabaseTransaction) -> Result<()> {
    let now = Timestamp::now();
    let row = channel::ActiveModel {
        id: Set(ChannelId::generate()),
        slug: Set("default".to_owned()),
        name: Set("Default".to_owned()),
        currency: Set(Currency::USD.code().to_owned()),
        home_country: Set("US".to_owned()),
        prices_include_tax: Set(false),
        is_default: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    // Another node may be first; the unique default then stands.
    let stand = OnConflict::new().do_nothing().to_owned();
    channel::Entity::insert(row).on_conflict(stand).exec_without_returning(tx).await?;
    Ok(())
}
