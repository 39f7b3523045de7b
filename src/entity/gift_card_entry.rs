//! The ledger of gift cards: every change of what is on one, from which its balance can be proved.

use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use sea_orm::prelude::Uuid;

use crate::auth::ActorKind;
use crate::clock::Timestamp;
use crate::id::{GiftCardEntryId, GiftCardId};

/// Why the balance of a gift card changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, EnumIter, DeriveActiveEnum)]
#[graphql(name = "GiftCardEntryKind")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum GiftCardEntryKind {
    /// The card was issued with so much on it.
    #[sea_orm(string_value = "ISSUE")]
    Issue,
    /// Staff put something on it or took something off.
    #[sea_orm(string_value = "ADJUSTMENT")]
    Adjustment,
    /// It paid.
    #[sea_orm(string_value = "PAYMENT")]
    Payment,
    /// What it had paid came back.
    #[sea_orm(string_value = "REFUND")]
    Refund,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gift_card_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GiftCardEntryId,
    pub gift_card_id: GiftCardId,
    /// Counts the entries of the card, without gaps, from 1.
    pub sequence: i64,
    pub kind: GiftCardEntryKind,
    /// Below zero where the card lost.
    pub amount_minor: i64,
    pub balance_after_minor: i64,
    pub reason: Option<String>,
    /// What it paid for; the row may be gone.
    pub reference: Option<Uuid>,
    pub actor_type: ActorKind,
    pub actor_id: Option<Uuid>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
