//! Field guards: who may ask. The description of a guarded field ends by saying what it requires.

use async_graphql::{Context, Guard};

use crate::auth::{Actor, Permission};
use crate::error::{Error, Result};

/// Lets through who has the permission.
pub struct Can(pub Permission);

impl Guard for Can {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        Ok(check(ctx.data::<Actor>()?, self.0)?)
    }
}

/// Lets through who has signed in.
pub struct SignedIn;

impl Guard for SignedIn {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        match ctx.data::<Actor>()? {
            Actor::Anonymous => Err(refusal(&Actor::Anonymous, String::new).into()),
            Actor::Staff(_) | Actor::System => Ok(()),
        }
    }
}

/// Refuses who lacks the permission.
pub fn check(actor: &Actor, permission: Permission) -> Result<()> {
    if actor.can(permission) {
        return Ok(());
    }
    Err(refusal(actor, || format!("This requires the permission {}.", permission.as_str())))
}

fn refusal(actor: &Actor, why: impl FnOnce() -> String) -> Error {
    match actor {
        Actor::Anonymous => {
            Error::Unauthenticated("This requires signing in: send an access token in the Authorization header.".into())
        }
        Actor::Staff(_) | Actor::System => Error::Forbidden(why()),
    }
}
