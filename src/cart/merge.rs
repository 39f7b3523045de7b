//! A guest's cart becomes a customer's when the guest signs in.

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};

use crate::auth::{AccountId, Actor, CustomerActor};
use crate::cart::priced::PricedCart;
use crate::cart::service::{CartService, touch};
use crate::cart::write;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::{cart, cart_line};
use crate::error::{Error, OnUnique, Result, UserError};
use crate::event::{self, Aggregate, EventType};
use crate::id::{CartKey, CustomerId, SessionId};
use crate::text::fold;

impl CartService {
    /// Gives a guest's cart to a customer who has just signed in, and finds the customer's cart as it then stands;
    /// nothing where the id opens no guest's cart. Signing in must not fail because of a cart, so what fails here is told
    /// to the log alone.
    pub async fn claim(&self, account: AccountId, session: SessionId, guest: CartKey) -> Option<PricedCart> {
        let AccountId::Customer(id) = account else { return None };
        let actor = Actor::Customer(CustomerActor { id, session });
        // The customer may get a first cart at the same instant.
        for _ in 0..3 {
            let claimed = match Box::pin(self.try_claim(&actor, id, guest)).await {
                Ok(Some(key)) => self.find(&actor, key).await,
                Ok(None) => return None,
                Err(Error::User(_)) => continue,
                Err(error) => Err(error),
            };
            return claimed.unwrap_or_else(|error| {
                tracing::error!(%error, "a cart could not be given to a customer who signed in");
                None
            });
        }
        None
    }

    async fn try_claim(&self, actor: &Actor, customer: CustomerId, guest: CartKey) -> Result<Option<CartKey>> {
        let now = Timestamp::now();
        let found = cart::Entity::find().filter(cart::COLUMN.key.eq(guest)).one(self.sources.db.reader()).await?;
        let Some(channel) = found.map(|row| row.channel_id) else { return Ok(None) };
        let Some(channel) = self.channels.get(channel).await? else { return Ok(None) };
        let tx = self.sources.db.begin().await?;
        // In one order, so that two who merge never wait for each other in a circle.
        let rows = cart::Entity::find()
            .filter(
                sea_orm::Condition::any().add(cart::COLUMN.key.eq(guest)).add(
                    sea_orm::Condition::all()
                        .add(cart::COLUMN.customer_id.eq(customer))
                        .add(cart::COLUMN.channel_id.eq(channel.id)),
                ),
            )
            .filter(cart::COLUMN.completed_at.is_null())
            .order_by_asc(cart::Column::Id)
            .lock_exclusive()
            .all(&tx)
            .await?;
        let of_guest = rows.iter().find(|row| row.key == guest && row.customer_id.is_none() && row.expires_at > now);
        let Some(of_guest) = of_guest.cloned() else { return Ok(None) };
        let own = rows.into_iter().find(|row| row.customer_id == Some(customer));
        let mut row = match own {
            Some(own) if own.expires_at > now => unite(&tx, own, &of_guest).await?,
            own => {
                if let Some(expired) = own {
                    cart::Entity::delete_by_id(expired.id).exec(&tx).await?;
                }
                cart::Model { customer_id: Some(customer), key: CartKey::random(), ..of_guest.clone() }
            }
        };
        touch(&mut row, &channel, now);
        let (id, key) = (row.id, row.key);
        let updated = cart::Entity::update(all_set::<cart::Entity, _>(row)).exec_without_returning(&tx).await;
        updated.on_unique("cart_customer_key", || UserError::taken("cart", "The customer has a cart by now."))?;
        let details = json!({ "customer": customer.to_string(), "guestCart": of_guest.id.to_string() });
        event::record(&tx, actor, EventType::CartMerged, Aggregate::Cart(id), details).await?;
        tx.commit().await?;
        Ok(Some(key))
    }
}

/// Puts what lies in a guest's cart into the customer's own. Where both have a line the guest's quantity counts; what
/// the customer's cart says of address and delivery stays, and what it does not say is taken over.
async fn unite(tx: &DatabaseTransaction, own: cart::Model, guest: &cart::Model) -> Result<cart::Model> {
    let lines = cart_line::Entity::find()
        .filter(cart_line::COLUMN.cart_id.is_in([own.id, guest.id]))
        .order_by_asc(cart_line::Column::Id)
        .all(tx)
        .await?;
    let (theirs, ours): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.cart_id == guest.id);
    let mut changed = Vec::new();
    for line in theirs {
        let same =
            ours.iter().find(|own| own.variant_id == line.variant_id && own.attributes_key == line.attributes_key);
        changed.push(match same {
            Some(same) => cart_line::Model { quantity: line.quantity, ..same.clone() },
            None => cart_line::Model { cart_id: own.id, ..line },
        });
    }
    write::lines(tx, changed).await?;
    // What was moved is not the guest's any more.
    cart::Entity::delete_by_id(guest.id).exec(tx).await?;
    Ok(cart::Model {
        email: own.email.or_else(|| guest.email.clone()),
        email_key: own.email_key.or_else(|| guest.email_key.clone()),
        note: if own.note.is_empty() { guest.note.clone() } else { own.note },
        shipping_address: own.shipping_address.or_else(|| guest.shipping_address.clone()),
        billing_address: own.billing_address.or_else(|| guest.billing_address.clone()),
        shipping_method_id: own.shipping_method_id.or(guest.shipping_method_id),
        codes: union(&own.codes, &guest.codes),
        gift_cards: union(&own.gift_cards, &guest.gift_cards),
        metadata: filled(own.metadata, &guest.metadata),
        ..own
    })
}

/// The texts of both lists, each once.
fn union(own: &Value, guest: &Value) -> Value {
    let mut texts: Vec<&str> = Vec::new();
    for text in [own, guest].into_iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str) {
        if texts.iter().all(|known| fold(known) != fold(text)) {
            texts.push(text);
        }
    }
    json!(texts)
}

/// The entries of both documents; the first one's stay.
fn filled(own: Value, guest: &Value) -> Value {
    let mut entries = guest.as_object().cloned().unwrap_or_default();
    entries.extend(own.as_object().cloned().unwrap_or_default());
    Value::Object(entries)
}
