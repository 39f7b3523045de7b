//! The history of products as clients read it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::auth::ActorKind;
use crate::catalog::product::history::details::details;
use crate::catalog::product::history::loader::{EventCountOf, HistoryOf, NEWEST, StaffNameOf};
use crate::entity::event;
use crate::error::SharedError;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, referred};
use crate::graphql::page::{Page, PageArgs};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, date_time};
use crate::id::{ProductId, StaffUserId};

/// One page of what happened to a product.
pub async fn page(
    ctx: &Context<'_>,
    product: ProductId,
    args: &PageArgs,
) -> Result<ProductEventConnection, SharedError> {
    let request = args.check(NEWEST)?;
    let page = ctx.loader().load_one(HistoryOf { product, request }).await?;
    let page = Page::clone(&*referred(page, "a page of events")?);
    Ok(ProductEventConnection { page: page.map(ProductEvent), count: ProductEventCount(product) })
}

#[derive(Clone)]
pub struct ProductEvent(Arc<event::Model>);

/// Something that happened to a product, to a variant of it, or to a price.
#[Object]
impl ProductEvent {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What happened, such as `product.updated` or `variant.price_changed`, as the payloads of webhooks will name it.
    #[graphql(name = "type")]
    async fn event_type(&self) -> &str {
        &self.0.r#type
    }

    /// Counts the events of the product, without gaps, from 1.
    async fn sequence(&self) -> i32 {
        i32::try_from(self.0.sequence).unwrap_or(i32::MAX)
    }

    /// Who did it.
    async fn actor(&self) -> EventActor {
        let staff = self.0.actor_id.filter(|_| self.0.actor_type == ActorKind::Staff);
        EventActor { kind: self.0.actor_type, staff: staff.map(StaffUserId::from) }
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// What is known beside that, such as `fields` with the names of the fields that were changed, or `from` and `to`.
    /// Values are told as they were then, amounts in minor units; empty if there is nothing more to tell.
    async fn details(&self) -> Vec<MetadataEntry> {
        details(&self.0.payload).into_iter().map(|(key, value)| MetadataEntry { key, value }).collect()
    }
}

pub struct EventActor {
    kind: ActorKind,
    staff: Option<StaffUserId>,
}

/// Who did something.
#[Object]
impl EventActor {
    /// Which kind of party it was.
    async fn kind(&self) -> ActorKind {
        self.kind
    }

    /// The present name of the staff user; null if it was no staff user.
    async fn staff_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(id) = self.staff else { return Ok(None) };
        Ok(ctx.loader().load_one(StaffNameOf(id)).await?)
    }
}

impl Prompt for ProductEvent {}

connection!(
    /// A page of what happened to a product.
    ProductEventConnection,
    ProductEventEdge,
    ProductEvent,
    ProductEventCount
);

/// Counts the events of a product.
pub struct ProductEventCount(ProductId);

impl ProductEventCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.loader().load_one(EventCountOf(self.0)).await?.unwrap_or(0))
    }
}
