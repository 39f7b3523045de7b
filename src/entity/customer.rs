//! A person who buys.

use sea_orm::entity::prelude::*;

use crate::auth::Actor;
use crate::auth::Permission;
use crate::clock::Timestamp;
use crate::id::{ChannelId, CustomerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    /// `None` once the person is erased.
    pub email: Option<String>,
    pub email_key: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub name_key: String,
    pub phone: Option<String>,
    /// In which mails are written; that of the channel if there is none.
    pub language: Option<String>,
    /// Where the person registered; the channel may be gone.
    pub channel_id: Option<ChannelId>,
    /// `None` where nobody has chosen a password.
    pub password_hash: Option<String>,
    pub is_active: bool,
    /// When it was proved that the address is the person's.
    pub verified_at: Option<Timestamp>,
    pub erased_at: Option<Timestamp>,
    pub accepts_marketing: bool,
    pub is_tax_exempt: bool,
    pub marketing_changed_at: Option<Timestamp>,
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
    /// Those who are there for a reader: customers are there for themselves alone, and for staff who may see them.
    pub fn visible_to(actor: &Actor) -> Select<Self> {
        let all = Self::find();
        if actor.can(Permission::CustomerRead) {
            return all;
        }
        match actor.customer() {
            Some(customer) => all.filter(COLUMN.id.eq(customer.id)),
            None => all.filter(sea_orm::sea_query::Expr::value(false)),
        }
    }
}
