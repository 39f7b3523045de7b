//! What somebody is about to buy in a channel.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{CartId, CartKey, ChannelId, CustomerId, ShippingMethodId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartId,
    /// What opens it: a secret.
    pub key: CartKey,
    pub channel_id: ChannelId,
    /// Whose it is; a guest's if nobody's.
    pub customer_id: Option<CustomerId>,
    pub email: Option<String>,
    pub email_key: Option<String>,
    pub note: String,
    pub shipping_address: Option<Json>,
    pub billing_address: Option<Json>,
    /// The method may be gone.
    pub shipping_method_id: Option<ShippingMethodId>,
    pub is_tax_exempt: bool,
    /// The codes as they were typed, in the order in which they were added.
    pub codes: Json,
    /// The ids of the gift cards, in the order in which they pay.
    pub gift_cards: Json,
    pub metadata: Json,
    pub private_metadata: Json,
    /// When it became an order.
    pub completed_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
