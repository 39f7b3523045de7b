//! Field guards: who may ask. The description of a guarded field ends by saying what it requires.

use async_graphql::{Context, Guard};

use crate::auth::{Actor, Permission};
use crate::error::{Error, Result};
use crate::id::ChannelId;

/// Lets through who has the permission.
pub struct Can(pub Permission);

impl Guard for Can {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        Ok(check(ctx.data::<Actor>()?, self.0)?)
    }
}

/// Lets through who has the permission in any channel at all; what is done asks for the one that it is about.
pub struct CanSomewhere(pub Permission);

impl Guard for CanSomewhere {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        let actor = ctx.data::<Actor>()?;
        if actor.can_somewhere(self.0) { Ok(()) } else { Err(lacks(actor, self.0).into()) }
    }
}

/// Lets through who has signed in, or calls with an API token.
pub struct SignedIn;

impl Guard for SignedIn {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        match ctx.data::<Actor>()? {
            Actor::Anonymous => Err(unknown().into()),
            _ => Ok(()),
        }
    }
}

/// Lets through customers who have signed in.
pub struct IsCustomer;

impl Guard for IsCustomer {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        match ctx.data::<Actor>()? {
            Actor::Customer(_) => Ok(()),
            Actor::Anonymous => Err(unknown().into()),
            _ => Err(Error::Forbidden("This is for customers who have signed in.".into()).into()),
        }
    }
}

/// Refuses who lacks the permission in a channel.
pub fn check_in(actor: &Actor, permission: Permission, channel: ChannelId) -> Result<()> {
    if actor.can_in(permission, channel) { Ok(()) } else { Err(lacks(actor, permission)) }
}

/// Refuses who lacks the permission.
pub fn check(actor: &Actor, permission: Permission) -> Result<()> {
    if actor.can(permission) { Ok(()) } else { Err(lacks(actor, permission)) }
}

fn lacks(actor: &Actor, permission: Permission) -> Error {
    match actor {
        Actor::Anonymous => unknown(),
        _ => Error::Forbidden(format!("This requires the permission {}.", permission.as_str())),
    }
}

fn unknown() -> Error {
    Error::Unauthenticated("This requires signing in: send an access token in the Authorization header.".into())
}
