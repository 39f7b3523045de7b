//! Where something is shown, as staff read it.

use std::sync::Arc;

use async_graphql::{Context, Object};

use crate::auth::Permission;
use crate::catalog::publication::loader::{CollectionPublicationsOf, ProductPublicationsOf, PublicationRow};
use crate::channel::Market;
use crate::channel::graphql::Channel;
use crate::error::SharedError;
use crate::graphql::context::{ContextExt, Guarded, guarded_in};
use crate::graphql::scalar::{DateTime, date_time};
use crate::id::{CollectionId, ProductId};

pub struct Publication(PublicationRow);

/// That a channel shows something, and from when until when. Shoppers see it if it is active as well, and a product if
/// a variant has a price there.
#[Object]
impl Publication {
    /// The channel.
    async fn channel(&self) -> Channel {
        Channel(self.0.channel.clone())
    }

    /// The first instant at which shoppers see it; null if it has no beginning.
    async fn published_from(&self) -> Option<DateTime> {
        self.0.window.from.map(date_time)
    }

    /// The first instant at which they do not see it any more; null if it has no end.
    async fn published_until(&self) -> Option<DateTime> {
        self.0.window.until.map(date_time)
    }

    /// Whether the span of time has begun and not ended.
    async fn is_current(&self, ctx: &Context<'_>) -> bool {
        self.0.window.contains(ctx.loader().loader().now)
    }
}

/// Where a product is shown, for those who may know.
pub async fn of_product(ctx: &Context<'_>, market: &Market, id: ProductId) -> Guarded<Vec<Publication>> {
    match guarded_in(ctx, Permission::ProductRead, market, || ctx.loader().load_one(ProductPublicationsOf(id))) {
        Some(Ok(rows)) => Some(publications(ctx, rows.await)),
        Some(Err(refusal)) => Some(Err(refusal)),
        None => None,
    }
}

/// Where a collection is shown, for those who may know.
pub async fn of_collection(ctx: &Context<'_>, market: &Market, id: CollectionId) -> Guarded<Vec<Publication>> {
    match guarded_in(ctx, Permission::ProductRead, market, || ctx.loader().load_one(CollectionPublicationsOf(id))) {
        Some(Ok(rows)) => Some(publications(ctx, rows.await)),
        Some(Err(refusal)) => Some(Err(refusal)),
        None => None,
    }
}

/// Those in channels about which the reader may know.
fn publications(
    ctx: &Context<'_>,
    rows: Result<Option<Arc<Vec<PublicationRow>>>, SharedError>,
) -> Result<Vec<Publication>, SharedError> {
    let rows = rows?.unwrap_or_default();
    ctx.admit(rows.len())?;
    let may_know = |row: &&PublicationRow| ctx.actor().can_in(Permission::ProductRead, row.channel.id);
    Ok(rows.iter().filter(may_know).cloned().map(Publication).collect())
}
