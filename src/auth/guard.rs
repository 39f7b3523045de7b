//! Field guards: who may ask. The description of a guarded field ends by saying what it requires.

use async_graphql::{Context, Guard};

use crate::auth::{Actor, Permission};
use crate::error::Error;

/// Lets through who has the permission.
pub struct Can(pub Permission);

impl Guard for Can {
    async fn check(&self, ctx: &Context<'_>) -> async_graphql::Result<()> {
        let actor = ctx.data::<Actor>()?;
        if actor.can(self.0) {
            return Ok(());
        }
        Err(refusal(actor, || format!("This requires the permission {}.", self.0.as_str())).into())
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

fn refusal(actor: &Actor, why: impl FnOnce() -> String) -> Error {
    match actor {
        Actor::Anonymous => {
            Error::Unauthenticated("This requires signing in: send an access token in the Authorization header.".into())
        }
        Actor::Staff(_) | Actor::System => Error::Forbidden(why()),
    }
}
