//! What is sent about gift cards.

use async_graphql::{Enum, InputObject};

use crate::graphql::scalar::{CurrencyCode, DateTime, Decimal, MetadataEntryInput, MoneyInput, SortDirection};
use crate::id::CustomerId;
use crate::patch::Patch;

/// A new gift card.
#[derive(InputObject)]
pub struct GiftCardIssueInput {
    /// Names the request: whoever sends it again within 24 hours with the same input gets the first answer once more. At
    /// most 200 characters, such as a random UUID.
    pub idempotency_key: String,
    /// What is on it, above zero.
    pub amount: MoneyInput,
    /// A code of the shop's own, such as that of a printed card: 8 to 32 letters A to Z and digits, to which hyphens and
    /// spaces may be added. Short or plain ones can be guessed; if absent, one is made that cannot.
    #[graphql(secret)]
    pub code: Option<String>,
    /// From when on it pays no more, in the future; it pays for good if absent.
    pub expires_at: Option<DateTime>,
    /// The id of the customer whose it is.
    pub customer: Option<CustomerId>,
    /// What staff should know, at most 5,000 characters.
    pub note: Option<String>,
    /// The id in another system of the shop, unique among gift cards; at most 100 characters.
    pub external_id: Option<String>,
    /// Values for storefronts, at most 50.
    #[graphql(default)]
    pub metadata: Vec<MetadataEntryInput>,
    /// Values for staff, at most 50.
    #[graphql(default)]
    pub private_metadata: Vec<MetadataEntryInput>,
}

/// Changes of a gift card: what is absent stays as it is, null clears it.
#[derive(InputObject)]
pub struct GiftCardUpdateInput {
    /// The version that was read; if the card has another by now, nothing is done and `CONFLICT` comes back.
    pub expected_version: Option<i32>,
    /// From when on it pays no more, in the future; null for never.
    pub expires_at: Patch<DateTime>,
    /// The id of the customer whose it is; null for nobody's.
    pub customer: Patch<CustomerId>,
    /// What staff should know, at most 5,000 characters.
    pub note: Patch<String>,
    /// The id in another system of the shop, unique among gift cards; at most 100 characters.
    pub external_id: Patch<String>,
    /// Values for storefronts, at most 50; all are replaced.
    pub metadata: Patch<Vec<MetadataEntryInput>>,
    /// Values for staff, at most 50; all are replaced.
    pub private_metadata: Patch<Vec<MetadataEntryInput>>,
}

/// What staff put on a gift card or take off it.
#[derive(InputObject)]
pub struct GiftCardBalanceAdjustInput {
    /// Names the request: whoever sends it again within 24 hours with the same input gets the first answer once more. At
    /// most 200 characters, such as a random UUID.
    pub idempotency_key: String,
    /// The amount in the card's currency; below zero to take it off.
    pub change: Decimal,
    /// Why, for the ledger; at most 200 characters.
    pub reason: String,
}

/// Which gift cards are wanted; all that is given has to hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct GiftCardFilter {
    /// The id of the customer whose they are.
    pub customer: Option<CustomerId>,
    /// Whether they pay: neither disabled nor expired, with something left on them.
    pub is_usable: Option<bool>,
    /// In which currency they pay.
    pub currency: Option<CurrencyCode>,
    /// The id in another system of the shop.
    pub external_id: Option<String>,
}

/// By what gift cards are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum GiftCardSortField {
    /// When they were issued.
    #[default]
    CreatedAt,
    /// What is left on them, whatever the currency.
    Balance,
}

/// How gift cards are sorted.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct GiftCardSort {
    /// By what.
    pub field: GiftCardSortField,
    /// Which way.
    #[graphql(default)]
    pub direction: SortDirection,
}
