//! How a gift card shall stand, but for its balance.

use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};
use serde::Serialize;
use serde_json::Value;

use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::{customer, gift_card};
use crate::error::{Result, UserError};
use crate::gift_card::code;
use crate::gift_card::input::{GiftCardIssueInput, GiftCardUpdateInput};
use crate::graphql::scalar::{CurrencyCode, MoneyInput};
use crate::id::CustomerId;
use crate::money::{Currency, Money};
use crate::patch::Patch;

const NOTE_LENGTH: usize = 5_000;

/// What staff may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GiftCardSpec {
    pub expires_at: Option<Timestamp>,
    pub customer: Option<CustomerId>,
    pub note: String,
    pub external_id: Option<String>,
    pub metadata: Value,
    pub private_metadata: Value,
}

/// A card to be issued.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueSpec {
    pub currency: String,
    pub amount_minor: i64,
    #[serde(flatten)]
    pub card: GiftCardSpec,
}

impl IssueSpec {
    pub fn from_input(checks: &mut Checks, input: GiftCardIssueInput) -> Self {
        let MoneyInput { amount, currency: CurrencyCode(currency) } = input.amount;
        let amount_minor = initial(checks, &amount.0, &currency);
        let card = GiftCardSpec {
            expires_at: input.expires_at.map(|end| end.0),
            customer: input.customer,
            note: note(checks, input.note),
            external_id: checks.external_id(input.external_id),
            metadata: checks.metadata("metadata", input.metadata),
            private_metadata: checks.metadata("privateMetadata", input.private_metadata),
        };
        Self { currency, amount_minor, card }
    }
}

impl GiftCardSpec {
    pub fn of(row: &gift_card::Model) -> Self {
        Self {
            expires_at: row.expires_at,
            customer: row.customer_id,
            note: row.note.clone(),
            external_id: row.external_id.clone(),
            metadata: row.metadata.clone(),
            private_metadata: row.private_metadata.clone(),
        }
    }

    pub fn apply(self, checks: &mut Checks, input: GiftCardUpdateInput) -> Self {
        if let Patch::Set(end) = &input.expires_at {
            check_end(checks, Some(end.0));
        }
        Self {
            expires_at: input.expires_at.map(|end| end.0).apply(self.expires_at),
            customer: input.customer.apply(self.customer),
            note: match input.note {
                Patch::Keep => self.note,
                Patch::Clear => String::new(),
                Patch::Set(text) => note(checks, Some(text)),
            },
            external_id: match input.external_id {
                Patch::Keep => self.external_id,
                Patch::Clear => None,
                Patch::Set(id) => checks.external_id(Some(id)),
            },
            metadata: checks.metadata_after("metadata", input.metadata, self.metadata),
            private_metadata: checks.metadata_after("privateMetadata", input.private_metadata, self.private_metadata),
        }
    }

    pub fn write(self, row: gift_card::Model) -> gift_card::Model {
        gift_card::Model {
            expires_at: self.expires_at,
            customer_id: self.customer,
            note: self.note,
            external_id: self.external_id,
            metadata: self.metadata,
            private_metadata: self.private_metadata,
            ..row
        }
    }
}

/// What is on a card at first.
fn initial(checks: &mut Checks, amount: &str, currency: &str) -> i64 {
    // The scalar knows currencies alone.
    let Some(currency) = Currency::from_code(currency) else { return 0 };
    let message = match Money::parse(amount, currency) {
        Ok(money) if money.minor() > 0 => return money.minor(),
        Ok(_) => "Something has to be on a gift card.".to_owned(),
        Err(error) => error.to_string(),
    };
    checks.push(UserError::invalid(checks.path("amount.amount"), message));
    0
}

fn note(checks: &mut Checks, text: Option<String>) -> String {
    checks.optional("note", text, "The note", NOTE_LENGTH).unwrap_or_default()
}

/// A code of the shop's own, as it is shown.
pub fn own_code(checks: &mut Checks, given: &str) -> String {
    let folded = code::fold(given);
    let length = folded.chars().count();
    if length > *code::LENGTHS.end() {
        checks.push(UserError::too_long(checks.path("code"), "The code", *code::LENGTHS.end()));
    } else if length < *code::LENGTHS.start() || !folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = "A code has 8 to 32 letters A to Z and digits; spaces and hyphens between them do not count.";
        checks.push(UserError::invalid(checks.path("code"), message));
    }
    given.trim().to_owned()
}

/// Sees to it that a card does not end before it begins.
pub fn check_end(checks: &mut Checks, end: Option<Timestamp>) {
    if end.is_some_and(|end| end <= Timestamp::now()) {
        let message = "A gift card ends in the future; disable one that shall pay no more.";
        checks.push(UserError::invalid(checks.path("expiresAt"), message));
    }
}

/// Sees to it that a customer is there, and stays until the transaction ends.
pub async fn check_customer(tx: &DatabaseTransaction, id: Option<CustomerId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let row = customer::Entity::find_by_id(id).lock_shared().one(tx).await?;
    let is_there = row.is_some_and(|row| row.erased_at.is_none());
    if is_there { Ok(()) } else { Err(UserError::not_found("input.customer", "customer").into()) }
}
