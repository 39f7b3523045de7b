//! What a link in a mail is good for, once, until it expires. The link's secret part is not kept.

use sea_orm::entity::prelude::*;

use crate::auth::AccountId;
use crate::clock::Timestamp;
use crate::entity::token_purpose::TokenPurpose;
use crate::id::{AccountTokenId, ChannelId, CustomerId, StaffUserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountTokenId,
    pub purpose: TokenPurpose,
    /// It is for one of the two.
    pub staff_user_id: Option<StaffUserId>,
    pub customer_id: Option<CustomerId>,
    /// Whose storefront the link leads to.
    pub channel_id: Option<ChannelId>,
    /// The address that the account shall have, where it is about that.
    pub email: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn account(&self) -> Option<AccountId> {
        AccountId::of(self.customer_id, self.staff_user_id)
    }
}

impl Entity {
    /// The tokens of an account.
    pub fn of(account: AccountId) -> Select<Self> {
        match account {
            AccountId::Customer(id) => Self::find().filter(COLUMN.customer_id.eq(id)),
            AccountId::Staff(id) => Self::find().filter(COLUMN.staff_user_id.eq(id)),
        }
    }
}
