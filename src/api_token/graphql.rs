//! API tokens as those see them who may know who runs the shop, and as a token sees itself.

use async_graphql::{Context, Enum, ID, Object, Result};

use crate::api_token::input::ApiTokenFilter;
use crate::api_token::loader::{ChannelsOf, PermissionsOf};
use crate::auth::Permission;
use crate::channel::graphql::Channel;
use crate::entity::api_token;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, date_time};
use crate::staff::graphql::StaffUser;
use crate::staff::loader::StaffUserKey;

/// Whether an API token is good for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApiTokenStatus {
    /// It is.
    Active,
    /// Its time is over.
    Expired,
    /// Somebody has ended it.
    Revoked,
}

#[derive(Clone)]
pub struct ApiToken(pub api_token::Model);

/// What another system of the shop calls with, as `Authorization: Bearer tp_…`.
#[Object]
impl ApiToken {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What the system is called that calls with it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How the token ends, such as `…a1B2`, to know it again by. The rest is not kept.
    async fn ending(&self) -> String {
        format!("…{}", self.0.ending)
    }

    /// What it may do.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        Ok(ctx.loader().load_one(PermissionsOf(self.0.id)).await?.unwrap_or_default().to_vec())
    }

    /// Whether it is good in some channels only.
    async fn is_limited(&self) -> bool {
        self.0.is_limited
    }

    /// The channels in which it is good, at most 100, in the alphabet of their slugs; empty where it is not limited. If
    /// it is and the last of them was deleted, it is good for nothing.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<Channel>> {
        let rows = ctx.loader().load_one(ChannelsOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(Channel).collect())
    }

    /// Who made it; null if that was another token, and for a token that may not see who runs the shop.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<StaffUser>> {
        let may = [Permission::StaffRead, Permission::StaffWrite].into_iter().any(|it| ctx.actor().can(it));
        let Some(id) = self.0.created_by.filter(|_| may) else { return Ok(None) };
        Ok(ctx.loader().load_one(StaffUserKey(id)).await?.map(StaffUser))
    }

    /// Whether it is good for anything.
    async fn status(&self, ctx: &Context<'_>) -> ApiTokenStatus {
        if self.0.revoked_at.is_some() {
            ApiTokenStatus::Revoked
        } else if self.0.expires_at.is_some_and(|end| end <= ctx.loader().loader().now) {
            ApiTokenStatus::Expired
        } else {
            ApiTokenStatus::Active
        }
    }

    /// When its time is over; null if it never is.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(date_time)
    }

    /// When it was used last, to the minute; null if it never was.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(date_time)
    }

    /// When somebody has ended it; null if nobody has.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(date_time)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }
}

impl Prompt for ApiToken {}

connection!(
    /// A page of API tokens.
    ApiTokenConnection,
    ApiTokenEdge,
    ApiToken,
    ApiTokenCount
);

/// Counts the API tokens of a list.
pub struct ApiTokenCount(pub ApiTokenFilter);

impl ApiTokenCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().api_tokens.count(&self.0).await?)
    }
}
