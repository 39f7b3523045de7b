//! How staff change channels.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::auth::Permission;
use crate::auth::guard::Can;
use crate::channel::graphql::Channel;
use crate::channel::input::{ChannelCreateInput, ChannelUpdateInput};
use crate::error;
use crate::graphql::context::ContextExt;
use crate::graphql::payload::{payloads, split};
use crate::id::ChannelId;

payloads! {
    /// What came of creating a channel.
    ChannelCreatePayload {
        /// The new channel.
        channel: Channel
    }
    /// What came of changing a channel.
    ChannelUpdatePayload {
        /// The channel as it now stands.
        channel: Channel
    }
    /// What came of deleting a channel.
    ChannelDeletePayload {
        /// The channel, if it could not be deleted.
        channel: Channel
    }
    /// What came of choosing the default channel.
    ChannelDefaultSetPayload {
        /// The channel as it now stands.
        channel: Channel
    }
}

/// The channel as it stands after a mutation.
async fn reload(ctx: &Context<'_>, id: ChannelId) -> error::Result<Option<Channel>> {
    Ok(ctx.app().channels.find(id).await?.map(|row| Channel(Arc::new(row))))
}

#[derive(Default)]
pub struct ChannelMutation;

#[Object]
impl ChannelMutation {
    /// Creates a channel. It shows nothing until products and collections are assigned to it and variants have a price
    /// there. A shop has at most 100. Requires `CHANNEL_WRITE`.
    #[graphql(guard = "Can(Permission::ChannelWrite)")]
    async fn channel_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new channel.")] input: ChannelCreateInput,
    ) -> Result<Option<ChannelCreatePayload>> {
        let (id, user_errors) = split(ctx.app().channels.create(ctx.actor(), input).await)?;
        let channel = match id {
            Some(id) => reload(ctx, id).await?,
            None => None,
        };
        Ok(Some(ChannelCreatePayload { channel, user_errors }))
    }

    /// Changes a channel. Other nodes may answer by what it was for a second. Requires `CHANNEL_WRITE`.
    #[graphql(guard = "Can(Permission::ChannelWrite)")]
    async fn channel_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the channel.")] id: ChannelId,
        #[graphql(desc = "The changes.")] input: ChannelUpdateInput,
    ) -> Result<Option<ChannelUpdatePayload>> {
        let (_, user_errors) = split(ctx.app().channels.update(ctx.actor(), id, input).await)?;
        Ok(Some(ChannelUpdatePayload { channel: reload(ctx, id).await?, user_errors }))
    }

    /// Deletes a channel; products and collections stay. The default one and one in which a variant has a price are
    /// `IN_USE`. Requires `CHANNEL_WRITE`.
    #[graphql(guard = "Can(Permission::ChannelWrite)")]
    async fn channel_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the channel.")] id: ChannelId,
    ) -> Result<Option<ChannelDeletePayload>> {
        let (_, user_errors) = split(ctx.app().channels.delete(ctx.actor(), id).await)?;
        Ok(Some(ChannelDeletePayload { channel: reload(ctx, id).await?, user_errors }))
    }

    /// Makes a channel the default one: that which is meant where none is named. Requires `CHANNEL_WRITE`.
    #[graphql(guard = "Can(Permission::ChannelWrite)")]
    async fn channel_default_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the channel.")] id: ChannelId,
    ) -> Result<Option<ChannelDefaultSetPayload>> {
        let (_, user_errors) = split(ctx.app().channels.set_default(ctx.actor(), id).await)?;
        Ok(Some(ChannelDefaultSetPayload { channel: reload(ctx, id).await?, user_errors }))
    }
}
