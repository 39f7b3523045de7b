//! A sign-in of a customer or a staff user, from which access tokens are made until it expires or is revoked.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;

use crate::auth::AccountId;
use crate::clock::Timestamp;
use crate::id::{CustomerId, SessionId, StaffUserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// One of the two has signed in.
    pub staff_user_id: Option<StaffUserId>,
    pub customer_id: Option<CustomerId>,
    /// The network address that it was used from last.
    pub address: Option<String>,
    /// What the client that it was used by last said of itself.
    pub user_agent: Option<String>,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn account(&self) -> Option<AccountId> {
        AccountId::of(self.customer_id, self.staff_user_id)
    }
}

impl Entity {
    /// The sessions of an account.
    pub fn of(account: AccountId) -> Select<Self> {
        match account {
            AccountId::Customer(id) => Self::find().filter(COLUMN.customer_id.eq(id)),
            AccountId::Staff(id) => Self::find().filter(COLUMN.staff_user_id.eq(id)),
        }
    }

    /// The customer who signed in.
    pub fn to_customer() -> RelationDef {
        Self::belongs_to(super::customer::Entity).from(Column::CustomerId).to(super::customer::Column::Id).into()
    }

    /// The staff user who signed in.
    pub fn to_staff_user() -> RelationDef {
        Self::belongs_to(super::staff_user::Entity).from(Column::StaffUserId).to(super::staff_user::Column::Id).into()
    }
}

/// That a session has not ended.
pub fn is_live_at(now: Timestamp) -> Condition {
    Condition::all().add(COLUMN.revoked_at.is_null()).add(Column::ExpiresAt.gt(now))
}
