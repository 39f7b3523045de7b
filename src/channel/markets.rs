//! All markets of the shop, for changes that concern several.

use std::sync::Arc;

use sea_orm::sea_query::LockType;
use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder, QuerySelect};

use crate::auth::Sight;
use crate::channel::Market;
use crate::clock::Timestamp;
use crate::entity::channel;
use crate::error::{Error, Result};

/// Every market, for those who write and see everything.
pub struct Markets(Vec<Market>);

impl Markets {
    /// Reads the channels and shares them: until the transaction ends none of them changes. It comes before any other
    /// lock.
    pub async fn share(tx: &DatabaseTransaction) -> Result<Self> {
        let channels =
            channel::Entity::find().order_by_asc(channel::Column::Id).lock(LockType::KeyShare).all(tx).await?;
        let now = Timestamp::now();
        let markets = channels.into_iter().map(|channel| Market::new(Arc::new(channel), now, Sight::All));
        Ok(Self(markets.collect::<Result<_>>()?))
    }

    /// The market of a channel's slug, or of the default channel.
    pub fn get(&self, slug: Option<&str>) -> Option<&Market> {
        self.0.iter().find(|market| match slug {
            Some(slug) => market.channel.slug == slug,
            None => market.channel.is_default,
        })
    }

    /// The market of the default channel.
    pub fn default_one(&self) -> Result<&Market> {
        self.get(None).ok_or_else(|| Error::internal("there is no default channel"))
    }
}
