//! Who asks.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::account::graphql::ActiveSession;
use crate::api_token::graphql::ApiToken;
use crate::auth::{Actor, Permission};
use crate::cart::graphql::Cart;
use crate::channel::graphql::Channel;
use crate::channel::loader::ChannelKey;
use crate::customer::graphql::Customer;
use crate::graphql::context::{ContextExt, referred};
use crate::id::ChannelId;
use crate::staff::graphql::StaffUser;

/// Who asks, and what they may do.
pub struct Viewer;

pub struct ChannelPermissions {
    channel: ChannelId,
    permissions: Vec<Permission>,
}

/// What may be done in one channel beside what may be done everywhere.
#[Object]
impl ChannelPermissions {
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Channel> {
        let row = ctx.loader().load_one(ChannelKey(self.channel)).await?;
        Ok(Channel(referred(row, "a channel")?))
    }

    /// What may be done there.
    async fn permissions(&self) -> &[Permission] {
        &self.permissions
    }
}

/// Who asks, and what they may do.
#[Object]
impl Viewer {
    /// The customer who has signed in; null for others.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Some(customer) = ctx.actor().customer() else { return Ok(None) };
        Ok(ctx.app().customers.find(ctx.actor(), customer.id).await?.map(|row| Customer(Arc::new(row))))
    }

    /// The cart of the customer who has signed in, in a channel; null if there is none, and for others.
    async fn cart(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the channel; the default channel if absent.")] channel: Option<String>,
    ) -> Result<Option<Cart>> {
        let Some(customer) = ctx.actor().customer() else { return Ok(None) };
        let channel = ctx.market(channel.as_deref()).await?.scope.channel;
        Ok(Box::pin(ctx.app().carts.of_customer(customer.id, channel)).await?.map(Cart::new))
    }

    /// The staff user who has signed in; null for others.
    async fn staff_user(&self, ctx: &Context<'_>) -> Result<Option<StaffUser>> {
        let Some(staff) = ctx.actor().staff() else { return Ok(None) };
        Ok(Some(StaffUser(referred(ctx.app().staff.find(staff.id).await?, "a staff user")?)))
    }

    /// The API token that calls; null for others.
    async fn api_token(&self, ctx: &Context<'_>) -> Result<Option<ApiToken>> {
        let Actor::Token(token) = ctx.actor() else { return Ok(None) };
        Ok(Some(ApiToken(referred(ctx.app().api_tokens.find(token.id).await?, "an API token")?)))
    }

    /// What may be done everywhere at this moment, by roles or by the API token; nothing for a customer.
    async fn permissions(&self, ctx: &Context<'_>) -> Vec<Permission> {
        ctx.actor().rights().into_iter().flat_map(|rights| rights.everywhere()).collect()
    }

    /// What may be done in some channels only.
    async fn channel_permissions(&self, ctx: &Context<'_>) -> Result<Vec<ChannelPermissions>> {
        let mut channels: Vec<ChannelPermissions> = Vec::new();
        let mut limited: Vec<_> = ctx.actor().rights().into_iter().flat_map(|rights| rights.in_channels()).collect();
        limited.sort_unstable();
        for (channel, permission) in limited {
            match channels.last_mut().filter(|last| last.channel == channel) {
                Some(last) => last.permissions.push(permission),
                None => channels.push(ChannelPermissions { channel, permissions: vec![permission] }),
            }
        }
        ctx.admit(channels.len())?;
        Ok(channels)
    }

    /// One's own sessions that have not ended, the one used last first, at most 100; none for an API token.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<ActiveSession>> {
        let rows = ctx.app().sessions.list(ctx.actor()).await?;
        ctx.admit(rows.len())?;
        Ok(rows.into_iter().map(|row| ActiveSession::new(row, ctx.actor())).collect())
    }
}

#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// Who asks; null for who has not signed in. Public.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        Ok((!matches!(ctx.actor(), Actor::Anonymous)).then_some(Viewer))
    }
}
