//! What every resolver can reach.

use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::DataLoader;

use crate::app::App;
use crate::auth::{Actor, Origin, Permission, guard};
use crate::channel::Market;
use crate::error::{Error, Result, SharedError};
use crate::graphql::loader::Batches;

/// The parts of a request, taken from the context where [`crate::graphql::request`] put them.
pub trait ContextExt {
    fn app(&self) -> &App;
    fn actor(&self) -> &Actor;
    /// Where the request comes from, as far as that is known.
    fn origin(&self) -> &Origin;
    fn loader(&self) -> &DataLoader<Batches>;

    /// The market of a channel's slug, or of the default channel, as the actor sees it now.
    fn market(&self, channel: Option<&str>) -> impl Future<Output = Result<Arc<Market>>> + Send {
        let (now, actor, channels) = (self.loader().loader().now, self.actor(), &self.app().channels);
        async move { Ok(Arc::new(channels.market(actor, now, channel).await?)) }
    }

    /// Counts items of a list before they are resolved: every list of objects begins with it.
    fn admit(&self, items: usize) -> Result<()> {
        self.loader().loader().admit(items)
    }
}

impl ContextExt for Context<'_> {
    fn app(&self) -> &App {
        self.data_unchecked()
    }

    fn actor(&self) -> &Actor {
        self.data_unchecked()
    }

    fn origin(&self) -> &Origin {
        self.data_unchecked()
    }

    fn loader(&self) -> &DataLoader<Batches> {
        self.data_unchecked()
    }
}

/// The value of a nested field that needs a right of its own. A refusal makes the field null and leaves its siblings
/// alone, which a guard would not.
pub fn guarded<T>(ctx: &Context<'_>, permission: Permission, value: impl FnOnce() -> T) -> Guarded<T> {
    Some(guard::check(ctx.actor(), permission).map(|()| value()).map_err(SharedError::from))
}

/// The same where the right in the channel of the object's market will do.
pub fn guarded_in<T>(
    ctx: &Context<'_>,
    permission: Permission,
    market: &Market,
    value: impl FnOnce() -> T,
) -> Guarded<T> {
    Some(guard::check_in(ctx.actor(), permission, market.scope.channel).map(|()| value()).map_err(SharedError::from))
}

/// A value, or the error that takes its place.
pub type Guarded<T> = Option<Result<T, SharedError>>;

/// A row that another row refers to must be there.
pub fn referred<T>(row: Option<T>, what: &str) -> Result<T> {
    row.ok_or_else(|| Error::internal(format!("{what} is missing though a row refers to it")))
}
