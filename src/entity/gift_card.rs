//! What was paid before and pays now.

use sea_orm::entity::prelude::*;

use crate::auth::{Actor, Permission};
use crate::clock::Timestamp;
use crate::id::{CustomerId, GiftCardId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gift_card")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GiftCardId,
    /// The code itself is not kept.
    pub code_hash: String,
    /// How the code ends, for people to know the card by.
    pub ending: String,
    pub currency: String,
    pub initial_minor: i64,
    /// Never below zero.
    pub balance_minor: i64,
    /// How many entries the card has; they are numbered up to it without gaps.
    pub entry_count: i64,
    /// From when on it pays no more.
    pub expires_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
    /// Whose it is, if that is known; whoever has the code may pay with it.
    pub customer_id: Option<CustomerId>,
    pub note: String,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// Those who are there for a reader: staff who may see gift cards.
    pub fn visible_to(actor: &Actor) -> Select<Self> {
        let all = Self::find();
        if actor.can(Permission::GiftCardRead) { all } else { all.filter(sea_orm::sea_query::Expr::value(false)) }
    }
}
