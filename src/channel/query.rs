//! How clients find the shop and its channels.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::channel::graphql::Channel;
use crate::graphql::context::ContextExt;
use crate::graphql::page;

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

    /// The markets that the shop sells to, at most 100: the default one first, the others in the alphabet of their
    /// slugs. Public.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Option<Vec<Channel>>> {
        let rows = ctx.app().channels.list().await?;
        ctx.admit(rows.len())?;
        Ok(Some(rows.into_iter().map(|row| Channel(Arc::new(row))).collect()))
    }

    /// The channel of a slug; null if there is none. Public.
    async fn channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the channel.")] slug: String,
    ) -> Result<Option<Channel>> {
        let row = ctx.app().channels.find_by_slug(&slug).await?;
        Ok(row.map(|row| Channel(Arc::new(row))))
    }
}
