//! A postal address that a customer keeps.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{AddressId, CustomerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AddressId,
    pub customer_id: CustomerId,
    /// The fields of the address.
    pub content: Json,
    pub is_default_shipping: bool,
    pub is_default_billing: bool,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
