//! What is on a card: how it is found and how it stands, and how it loses and gets money as part of a larger change.
//!
//! Whoever takes from several cards in one transaction takes from them in the order of their ids, so that two who do
//! never wait for each other in a circle.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::db::all_set;
use crate::entity::gift_card_entry::GiftCardEntryKind;
use crate::entity::{gift_card, gift_card_entry};
use crate::error::{Error, Result, UserError, UserErrorCode};
use crate::event::{self, Aggregate, Details, EventType};
use crate::gift_card::code;
use crate::id::{GiftCardEntryId, GiftCardId};
use crate::money::{Currency, Money};
use crate::pricing::Amount;

/// Whether a card pays, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It pays, and something is on it.
    Usable,
    /// No card has the code.
    Unknown,
    /// The shop lets it pay no more.
    Disabled,
    /// Its time is over.
    Expired,
    /// Nothing is left on it.
    Empty,
    /// It pays in another currency.
    OtherCurrency,
}

/// The card of a code as people type it.
pub async fn find_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<gift_card::Model>> {
    Ok(gift_card::Entity::find().filter(gift_card::COLUMN.code_hash.eq(code::hash(code))).one(db).await?)
}

/// The cards of ids, in no order; those that are not there are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[GiftCardId]) -> Result<Vec<gift_card::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(gift_card::Entity::find().filter(gift_card::COLUMN.id.is_in(ids.iter().copied())).all(db).await?)
}

/// How a card stands for who pays in a currency at an instant. What tells most about the card comes first.
pub fn standing(card: &gift_card::Model, currency: Currency, at: Timestamp) -> Standing {
    if card.disabled_at.is_some() {
        Standing::Disabled
    } else if card.expires_at.is_some_and(|end| end <= at) {
        Standing::Expired
    } else if card.currency != currency.code() {
        Standing::OtherCurrency
    } else if card.balance_minor <= 0 {
        Standing::Empty
    } else {
        Standing::Usable
    }
}

pub fn currency(card: &gift_card::Model) -> Result<Currency> {
    Currency::from_code(&card.currency).ok_or_else(|| Error::internal("a gift card has an unknown currency"))
}

/// Takes what a card pays for `reference`, such as an order. Refuses with `CODE_USED_UP` and what is left if that is less.
/// Whether the card may pay at all is the caller's business: whoever has reserved its money takes it also later.
pub async fn debit(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: GiftCardId,
    amount: Amount,
    reference: Uuid,
) -> Result<()> {
    let Some(minor) = counted(amount)? else { return Ok(()) };
    let change = Change { kind: GiftCardEntryKind::Payment, minor: -minor, reason: None, reference: Some(reference) };
    if change.write(tx, actor, id).await? {
        return Ok(());
    }
    let card = gift_card::Entity::find_by_id(id).one(tx).await?;
    let card = card.ok_or_else(|| Error::internal("a gift card that was to pay is not there"))?;
    let left = Money::from_minor(card.balance_minor, currency(&card)?);
    let message = format!("Only {left} {} are left on the gift card.", card.currency);
    Err(UserError::new(UserErrorCode::CodeUsedUp, message).with_amount(left).into())
}

/// Gives back what a card paid for `reference`, also to one that is disabled or whose time is over.
pub async fn credit(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: GiftCardId,
    amount: Amount,
    reference: Uuid,
) -> Result<()> {
    let Some(minor) = counted(amount)? else { return Ok(()) };
    let change = Change { kind: GiftCardEntryKind::Refund, minor, reason: None, reference: Some(reference) };
    if change.write(tx, actor, id).await? {
        return Ok(());
    }
    Err(Error::internal("a gift card could not take back what it paid"))
}

/// `None` where nothing is to be moved.
fn counted(amount: Amount) -> Result<Option<i64>> {
    match amount.minor() {
        0 => Ok(None),
        minor if minor > 0 => Ok(Some(minor)),
        _ => Err(Error::internal("less than nothing was to be moved")),
    }
}

/// What becomes of a balance, and why.
pub struct Change {
    pub kind: GiftCardEntryKind,
    /// In minor units; below zero where the card loses.
    pub minor: i64,
    pub reason: Option<String>,
    pub reference: Option<Uuid>,
}

impl Change {
    /// Changes a balance with its entry and its event; false, and nothing is done, if there is no such card, or less would
    /// be left than nothing or more than can be told.
    pub async fn write(self, tx: &DatabaseTransaction, actor: &Actor, id: GiftCardId) -> Result<bool> {
        let balance = gift_card::Column::BalanceMinor;
        let has_room = if self.minor < 0 {
            balance.gte(self.minor.saturating_neg())
        } else {
            balance.lte(i64::MAX.saturating_sub(self.minor))
        };
        let cards = gift_card::Entity::update_many()
            .col_expr(balance, Expr::col(balance).add(self.minor))
            .col_expr(gift_card::Column::EntryCount, Expr::col(gift_card::Column::EntryCount).add(1))
            .filter(gift_card::COLUMN.id.eq(id))
            .filter(has_room)
            .exec_with_returning(tx)
            .await?;
        let Some(card) = cards.into_iter().next() else { return Ok(false) };
        let payload = json!({
            "currency": card.currency,
            "changeMinor": self.minor,
            "balanceMinor": card.balance_minor,
            "reference": self.reference,
        });
        let before = json!({ "balanceMinor": card.balance_minor - self.minor });
        let details = Details::of_change(payload, &before, &json!({ "balanceMinor": card.balance_minor }))?;
        self.enter(tx, actor, &card).await?;
        event::record(tx, actor, EventType::GiftCardBalanceChanged, Aggregate::GiftCard(id), details).await?;
        Ok(true)
    }

    /// Writes the entry of a card that stands as it is after the change.
    pub async fn enter(self, tx: &DatabaseTransaction, actor: &Actor, card: &gift_card::Model) -> Result<()> {
        let entry = gift_card_entry::Model {
            id: GiftCardEntryId::generate(),
            gift_card_id: card.id,
            sequence: card.entry_count,
            kind: self.kind,
            amount_minor: self.minor,
            balance_after_minor: card.balance_minor,
            reason: self.reason,
            reference: self.reference,
            actor_type: actor.kind(),
            actor_id: actor.uuid(),
            created_at: Timestamp::now(),
        };
        let insert = gift_card_entry::Entity::insert(all_set::<gift_card_entry::Entity, _>(entry));
        insert.exec_without_returning(tx).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn card() -> gift_card::Model {
        let now = Timestamp::now();
        gift_card::Model {
            id: GiftCardId::generate(),
            code_hash: String::new(),
            ending: String::new(),
            currency: "EUR".to_owned(),
            initial_minor: 1_000,
            balance_minor: 1,
            entry_count: 1,
            expires_at: None,
            disabled_at: None,
            customer_id: None,
            note: String::new(),
            external_id: None,
            metadata: json!({}),
            private_metadata: json!({}),
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    #[test]
    fn a_card_stands_as_what_tells_most_about_it() {
        let now = Timestamp::now();
        let table = [
            (card(), Standing::Usable),
            (gift_card::Model { balance_minor: 0, ..card() }, Standing::Empty),
            (gift_card::Model { balance_minor: 0, currency: "USD".to_owned(), ..card() }, Standing::OtherCurrency),
            (gift_card::Model { currency: "USD".to_owned(), expires_at: Some(now), ..card() }, Standing::Expired),
            (gift_card::Model { expires_at: Some(now), disabled_at: Some(now), ..card() }, Standing::Disabled),
        ];
        for (card, expected) in table {
            assert_eq!(standing(&card, Currency::EUR, now), expected, "{card:?}");
        }
    }

    #[test]
    fn a_card_expires_at_its_instant() {
        let now = Timestamp::now();
        let card = gift_card::Model { expires_at: Some(now), ..card() };

        assert_eq!(standing(&card, Currency::EUR, now.before(Duration::from_micros(1))), Standing::Usable);
        assert_eq!(standing(&card, Currency::EUR, now), Standing::Expired);
        assert_eq!(standing(&card, Currency::EUR, now.after(Duration::from_micros(1))), Standing::Expired);
    }
}
