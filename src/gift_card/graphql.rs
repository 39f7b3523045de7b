//! Gift cards as staff see them.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};

use crate::auth::{ActorKind, Permission};
use crate::customer::graphql::Customer;
use crate::customer::loader::CustomerKey;
use crate::entity::gift_card_entry::GiftCardEntryKind;
use crate::entity::{gift_card, gift_card_entry};
use crate::gift_card::loader::EntryPage;
use crate::gift_card::{GiftCardSelection, Standing, currency, standing};
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::page::{self, PageArgs};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, MetadataEntry, Money, date_time, metadata};
use crate::id::{ApiTokenId, CustomerId, StaffUserId};
use crate::money::{self, Currency};

/// Whether a gift card pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum GiftCardStatus {
    /// It does.
    Usable,
    /// Nothing is left on it.
    Empty,
    /// Its time is over.
    Expired,
    /// The shop lets it pay no more.
    Disabled,
}

#[derive(Clone)]
pub struct GiftCard(pub Arc<gift_card::Model>);

impl GiftCard {
    fn money(&self, minor: i64) -> Result<Money> {
        Ok(money::Money::from_minor(minor, currency(&self.0)?).into())
    }
}

/// What was paid before and pays now, for whoever has its code.
#[Object]
impl GiftCard {
    /// The id. It opens nothing.
    pub async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// How the code ends, such as `…7KQ2`, to know the card again by. The rest is not kept.
    async fn ending(&self) -> String {
        format!("…{}", self.0.ending)
    }

    /// Whether it pays.
    async fn status(&self, ctx: &Context<'_>) -> Result<GiftCardStatus> {
        Ok(match standing(&self.0, currency(&self.0)?, ctx.loader().loader().now) {
            Standing::Disabled => GiftCardStatus::Disabled,
            Standing::Expired => GiftCardStatus::Expired,
            Standing::Empty => GiftCardStatus::Empty,
            Standing::Usable | Standing::Unknown | Standing::OtherCurrency => GiftCardStatus::Usable,
        })
    }

    /// What was on it when it was issued.
    async fn initial_balance(&self) -> Result<Money> {
        self.money(self.0.initial_minor)
    }

    /// What is on it now.
    async fn balance(&self) -> Result<Money> {
        self.money(self.0.balance_minor)
    }

    /// Whose it is; null if it is nobody's in particular. Requires `CUSTOMER_READ`.
    async fn customer(&self, ctx: &Context<'_>) -> Guarded<Customer> {
        let lookup = guarded(ctx, Permission::CustomerRead, || {
            self.0.customer_id.map(|id| ctx.loader().load_one(CustomerKey(id)))
        });
        match lookup? {
            Ok(row) => row?.await.map(|row| row.map(Customer)).transpose(),
            Err(refusal) => Some(Err(refusal)),
        }
    }

    /// What staff should know; empty if there is nothing.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// From when on it pays no more; null if it pays for good.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(date_time)
    }

    /// When it was disabled; null if it is not.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(date_time)
    }

    /// Every change of its balance, the latest first. All amounts together are the balance.
    #[graphql(complexity = "page::complexity(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the schema's")]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items, from the beginning or after `after`: 1 to 100, 20 if absent.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the item after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many items, from the end or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor of the item before which the page ends.")] before: Option<String>,
    ) -> Result<GiftCardEntryConnection> {
        let wanted = EntryPage::of(&self.0, &PageArgs { first, after, last, before })?;
        let rows = ctx.loader().load_one(wanted.key()).await?.unwrap_or_default();
        let currency = currency(&self.0)?;
        let page = wanted.fill(rows).map(|row| GiftCardEntry { row, currency });
        Ok(GiftCardEntryConnection { page, count: GiftCardEntryCount(self.0.entry_count) })
    }

    /// The id in another system of the shop, if there is one.
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Values that the shop keeps on the card for storefronts.
    async fn metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.metadata)
    }

    /// Values that the shop keeps on the card for staff and its other systems.
    async fn private_metadata(&self) -> Vec<MetadataEntry> {
        metadata(&self.0.private_metadata)
    }

    /// When it was issued.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When it was last changed; what it pays is no change of the card.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for GiftCard {}

connection!(
    /// A page of gift cards.
    GiftCardConnection,
    GiftCardEdge,
    GiftCard,
    GiftCardCount
);

/// Counts the gift cards of a list.
pub struct GiftCardCount(pub GiftCardSelection);

impl GiftCardCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().gift_cards.count(&self.0).await?)
    }
}

#[derive(Clone)]
pub struct GiftCardEntry {
    row: Arc<gift_card_entry::Model>,
    currency: Currency,
}

impl GiftCardEntry {
    fn money(&self, minor: i64) -> Money {
        money::Money::from_minor(minor, self.currency).into()
    }
}

/// A change of what is on a gift card.
#[Object]
impl GiftCardEntry {
    /// The id.
    async fn id(&self) -> ID {
        self.row.id.into()
    }

    /// Counts the entries of the card, without gaps, from 1.
    async fn sequence(&self) -> i32 {
        i32::try_from(self.row.sequence).unwrap_or(i32::MAX)
    }

    /// Why the balance changed.
    async fn kind(&self) -> GiftCardEntryKind {
        self.row.kind
    }

    /// By how much; below zero where the card lost.
    async fn amount(&self) -> Money {
        self.money(self.row.amount_minor)
    }

    /// What was on the card then.
    async fn balance_after(&self) -> Money {
        self.money(self.row.balance_after_minor)
    }

    /// Why staff changed it; null if nobody said.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// Which kind of party did it.
    async fn actor_kind(&self) -> ActorKind {
        self.row.actor_type
    }

    /// The id of the staff user, the API token or the customer who did it, who may be gone by now; null for who has none.
    async fn actor(&self) -> Option<ID> {
        let id = self.row.actor_id?;
        match self.row.actor_type {
            ActorKind::Staff => Some(StaffUserId::from(id).into()),
            ActorKind::ApiToken => Some(ApiTokenId::from(id).into()),
            ActorKind::Customer => Some(CustomerId::from(id).into()),
            ActorKind::Anonymous | ActorKind::System => None,
        }
    }

    /// When it was done.
    async fn created_at(&self) -> DateTime {
        date_time(self.row.created_at)
    }
}

impl Prompt for GiftCardEntry {}

connection!(
    /// A page of the changes of what is on a gift card.
    GiftCardEntryConnection,
    GiftCardEntryEdge,
    GiftCardEntry,
    GiftCardEntryCount
);

/// Counts the entries of a card, which the card knows.
pub struct GiftCardEntryCount(i64);

impl GiftCardEntryCount {
    async fn count(&self, _: &Context<'_>) -> Result<u64> {
        Ok(u64::try_from(self.0).unwrap_or_default())
    }
}
