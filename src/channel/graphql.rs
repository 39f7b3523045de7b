//! The shop and its channels, as anybody may see them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::entity::channel;
use crate::graphql::context::ContextExt;
use crate::graphql::scalar::{CountryCode, CurrencyCode};

pub struct Channel(pub Arc<channel::Model>);

/// A market that the shop sells to: one currency, one home country, one way to show prices.
#[Object]
impl Channel {
    /// The id.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name by which the `channel` argument of root fields selects it.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name for people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency of every price in this channel.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.clone())
    }

    /// The country whose taxes apply while no address is known.
    async fn home_country(&self) -> CountryCode {
        CountryCode(self.0.home_country.clone())
    }

    /// Whether prices are entered and shown with tax included.
    async fn prices_include_tax(&self) -> bool {
        self.0.prices_include_tax
    }
}

/// The shop as a storefront meets it.
#[derive(SimpleObject)]
pub struct Shop {
    /// The channel that this answer is for.
    channel: Channel,
    /// The version of Tradepost that answers.
    version: &'static str,
}

#[derive(Default)]
pub struct ChannelQuery;

#[Object]
impl ChannelQuery {
    /// The shop and the channel that is asked about. Public.
    async fn shop(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of a channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Shop>> {
        let market = ctx.market(channel.as_deref()).await?;
        Ok(Some(Shop { channel: Channel(Arc::clone(&market.channel)), version: env!("CARGO_PKG_VERSION") }))
    }
}
