//! Finds, makes and changes carts.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};
use serde_json::json;

use crate::auth::{Actor, Sight};
use crate::cart::content::{self, Content, Sought};
use crate::cart::context::{Context, Sources};
use crate::cart::edit::{Edit, NOT_SEEN};
use crate::cart::priced::PricedCart;
use crate::cart::{access, code, growth, verdict, write};
use crate::channel::{ChannelService, Market};
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{cart, channel};
use crate::error::{Error, OnUnique, Result, UserError, UserErrorCode};
use crate::gift_card::{self, Standing};
use crate::id::{CartId, CartKey, ChannelId, CustomerId};
use crate::tax::Taxes;

#[derive(Clone)]
pub struct CartService {
    pub(super) sources: Sources,
    pub(super) channels: ChannelService,
}

/// A cart after a change.
pub struct Changed {
    pub cart: PricedCart,
    /// The codes that went because one that was added may not stand beside them.
    pub replaced_codes: Vec<String>,
}

/// How a cart would stand after edits, and from what that was found out.
struct Plan {
    before: Content,
    changed: Changed,
}

impl CartService {
    pub const fn new(db: Db, channels: ChannelService, taxes: Taxes) -> Self {
        Self { sources: Sources { db, taxes }, channels }
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The cart that a key opens, if it is there for the party.
    pub async fn find(&self, actor: &Actor, key: CartKey) -> Result<Option<PricedCart>> {
        let now = Timestamp::now();
        let content = content::find(self.sources.db.reader(), Sought::Key(key), now).await?;
        self.priced(content.filter(|content| access::may_see(actor, &content.row)), now).await
    }

    /// The active cart of a customer in a channel.
    pub async fn of_customer(&self, customer: CustomerId, channel: ChannelId) -> Result<Option<PricedCart>> {
        let now = Timestamp::now();
        let content = content::find(self.sources.db.reader(), Sought::Of(customer, channel), now).await?;
        self.priced(content, now).await
    }

    async fn priced(&self, content: Option<Content>, now: Timestamp) -> Result<Option<PricedCart>> {
        let Some(content) = content else { return Ok(None) };
        let Some(channel) = self.channels.get(content.row.channel_id).await? else { return Ok(None) };
        Box::pin(PricedCart::load(&self.sources, content, channel, now)).await.map(Some)
    }

    /// Makes a cart. A customer has one in a channel: if it is there already the edits are made to it.
    pub async fn create(&self, actor: &Actor, channel: Arc<channel::Model>, edits: &[Edit]) -> Result<Changed> {
        let Some(customer) = actor.customer().map(|customer| customer.id) else {
            return Box::pin(self.insert(None, channel, edits)).await;
        };
        let of_customer = Sought::Of(customer, channel.id);
        loop {
            if let Some(content) = content::find(self.sources.db.reader(), of_customer, Timestamp::now()).await? {
                return Box::pin(self.edit_content(content, edits)).await;
            }
            match Box::pin(self.insert(Some(customer), Arc::clone(&channel), edits)).await {
                // Another request was first; its cart is there now.
                Err(Error::User(errors)) if errors.iter().any(is_there) => {}
                done => return done,
            }
        }
    }

    async fn insert(
        &self,
        customer: Option<CustomerId>,
        channel: Arc<channel::Model>,
        edits: &[Edit],
    ) -> Result<Changed> {
        let now = Timestamp::now();
        let row = empty(customer, &channel, now);
        let empty = Content { row, lines: Vec::new(), items: std::collections::HashMap::new() };
        let Plan { changed, .. } = Box::pin(self.plan(empty, Arc::clone(&channel), edits, now)).await?;
        let tx = self.sources.db.begin().await?;
        if let Some(customer) = customer {
            remove_expired(&tx, customer, channel.id, now).await?;
        }
        let row = all_set::<cart::Entity, _>(changed.cart.content.row.clone());
        let inserted = cart::Entity::insert(row).exec_without_returning(&tx).await;
        inserted.on_unique("cart_customer_key", || UserError::taken(IS_THERE, "The customer has a cart already."))?;
        write::lines(&tx, changed.cart.content.lines.clone()).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Makes edits to the cart that a key opens: all of them, or none.
    pub async fn edit(&self, actor: &Actor, key: CartKey, edits: &[Edit]) -> Result<Changed> {
        let content = content::find(self.sources.db.reader(), Sought::Key(key), Timestamp::now()).await?;
        let content = content.filter(|content| access::may_change(actor, &content.row));
        Box::pin(self.edit_content(content.ok_or_else(not_found)?, edits)).await
    }

    /// What adds a gift card of a code to a cart, if it can pay there.
    pub async fn gift_card_edits(&self, actor: &Actor, key: CartKey, code: &str) -> Result<Vec<Edit>> {
        let (db, now) = (self.sources.db.reader(), Timestamp::now());
        let content = content::find(db, Sought::Key(key), now).await?;
        let content = content.filter(|content| access::may_change(actor, &content.row)).ok_or_else(not_found)?;
        let channel = self.channels.get(content.row.channel_id).await?.ok_or_else(not_found)?;
        let currency = Market::new(channel, now, Sight::Published)?.currency;
        let Some(card) = gift_card::find_by_code(db, code).await? else {
            return Err(UserError::not_found("code", "gift card").into());
        };
        let (code, message) = match gift_card::standing(&card, currency, now) {
            Standing::Usable => return Ok(vec![Edit::AddGiftCard(card.id)]),
            Standing::Unknown | Standing::Disabled => (UserErrorCode::NotFound, "There is no such gift card."),
            Standing::Expired => (UserErrorCode::CodeExpired, "This gift card is not valid any more."),
            Standing::Empty => (UserErrorCode::CodeUsedUp, "This gift card is used up."),
            Standing::OtherCurrency => (UserErrorCode::CodeNotApplicable, "This gift card is of another currency."),
        };
        Err(UserError::new(code, message).at("code").into())
    }

    async fn edit_content(&self, before: Content, edits: &[Edit]) -> Result<Changed> {
        let now = Timestamp::now();
        let channel = self.channels.get(before.row.channel_id).await?.ok_or_else(not_found)?;
        let plan = Box::pin(self.plan(before, Arc::clone(&channel), edits, now)).await?;
        let Plan { before, mut changed } = plan;
        let content = &mut changed.cart.content;
        if content.row == before.row && content.lines == before.lines {
            return Ok(changed);
        }
        let tx = self.sources.db.begin().await?;
        let row = cart::Entity::find_by_id(before.row.id).lock_exclusive().one(&tx).await?;
        let row = row.filter(|row| row.key == before.row.key && row.completed_at.is_none()).ok_or_else(not_found)?;
        if row.version == before.row.version {
            touch(&mut content.row, &channel, now);
            write::difference(&tx, &before, content).await?;
            tx.commit().await?;
            return Ok(changed);
        }
        // Somebody else was first: the edits are made to what lies there now.
        let fresh = content::find(&tx, Sought::Row(row.id), now).await?.ok_or_else(not_found)?;
        let after = again(&fresh, &changed, edits, &channel, now)?;
        write::difference(&tx, &fresh, &after).await?;
        tx.commit().await?;
        let content = content::find(self.sources.db.reader(), Sought::Row(row.id), now).await?;
        let cart = self.priced(content, now).await?.ok_or_else(not_found)?;
        Ok(Changed { cart, replaced_codes: changed.replaced_codes })
    }

    /// Finds out what a cart would be after edits, and refuses what cannot be.
    async fn plan(
        &self,
        mut before: Content,
        channel: Arc<channel::Model>,
        edits: &[Edit],
        now: Timestamp,
    ) -> Result<Plan> {
        before.learn(self.sources.db.reader(), edits.iter().filter_map(Edit::variant), now).await?;
        let mut after = before.clone();
        apply(&mut after, edits)?;
        growth::check(&before, &after, edits, &channel)?;
        let mut context = Context::load(&self.sources, &mut after, channel, now).await?;
        let replaced_codes = code::replace(&mut after, &mut context, edits);
        let mut cart = PricedCart::new(after, context)?;
        verdict::check(&cart, edits)?;
        cart.note_prices(&before, acknowledges(edits))?;
        Ok(Plan { before, changed: Changed { cart, replaced_codes } })
    }
}

/// Makes the edits to what lies in a cart that has changed since they were planned.
fn again(
    fresh: &Content,
    planned: &Changed,
    edits: &[Edit],
    channel: &channel::Model,
    now: Timestamp,
) -> Result<Content> {
    let mut after = fresh.clone();
    let known = &planned.cart.content;
    for (variant, item) in &known.items {
        after.items.entry(*variant).or_insert_with(|| item.clone());
    }
    let before = Content { items: after.items.clone(), ..fresh.clone() };
    apply(&mut after, edits)?;
    growth::check(&before, &after, edits, channel)?;
    code::remove(&mut after, &planned.replaced_codes);
    for line in &mut after.lines {
        let seen = known
            .lines
            .iter()
            .find(|known| known.variant_id == line.variant_id && known.attributes_key == line.attributes_key);
        if let Some(seen) = seen.filter(|_| line.seen_minor == NOT_SEEN || acknowledges(edits)) {
            line.seen_minor = seen.seen_minor;
        }
    }
    touch(&mut after.row, channel, now);
    Ok(after)
}

fn apply(content: &mut Content, edits: &[Edit]) -> Result<()> {
    let mut errors = Vec::new();
    for edit in edits {
        match edit.apply(content) {
            Err(Error::User(more)) => errors.extend(more),
            done => done?,
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::User(errors)) }
}

fn acknowledges(edits: &[Edit]) -> bool {
    edits.iter().any(|edit| matches!(edit, Edit::AcknowledgePrices))
}

/// Counts a change, after which the cart is kept for its whole time again.
pub fn touch(row: &mut cart::Model, channel: &channel::Model, now: Timestamp) {
    row.version += 1;
    row.updated_at = now;
    row.expires_at = now.after(lifetime(channel));
}

fn lifetime(channel: &channel::Model) -> Duration {
    Duration::from_hours(24 * u64::try_from(channel.cart_lifetime_days).unwrap_or(1))
}

fn empty(customer: Option<CustomerId>, channel: &channel::Model, now: Timestamp) -> cart::Model {
    cart::Model {
        id: CartId::generate(),
        key: CartKey::random(),
        channel_id: channel.id,
        customer_id: customer,
        email: None,
        email_key: None,
        note: String::new(),
        shipping_address: None,
        billing_address: None,
        shipping_method_id: None,
        is_tax_exempt: false,
        codes: json!([]),
        gift_cards: json!([]),
        metadata: json!({}),
        private_metadata: json!({}),
        completed_at: None,
        expires_at: now.after(lifetime(channel)),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

/// A cart whose time is over makes room for a new one.
async fn remove_expired(
    tx: &DatabaseTransaction,
    customer: CustomerId,
    channel: ChannelId,
    now: Timestamp,
) -> Result<()> {
    use sea_orm::{ColumnTrait, QueryFilter};
    cart::Entity::delete_many()
        .filter(cart::COLUMN.customer_id.eq(customer))
        .filter(cart::COLUMN.channel_id.eq(channel))
        .filter(cart::COLUMN.completed_at.is_null())
        .filter(cart::Column::ExpiresAt.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}

/// Where the error lies that says that a customer has a cart: nobody sees it.
const IS_THERE: &str = "customer.cart";

fn is_there(error: &UserError) -> bool {
    error.field.as_deref() == Some(&["customer".to_owned(), "cart".to_owned()])
}

pub fn not_found() -> Error {
    UserError::not_found("id", "cart").into()
}
