//! A use of a promotion that counts: one row for each, whoever it is of.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{CartId, CustomerId, PromotionCodeId, PromotionId, PromotionUseId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PromotionUseId,
    pub promotion_id: PromotionId,
    /// The code by which it was got; `None` if without one, or if the code is gone.
    pub code_id: Option<PromotionCodeId>,
    pub customer_id: Option<CustomerId>,
    /// The key of the e-mail address that was given, as [`crate::text::Email`] makes it.
    pub email_key: Option<String>,
    pub cart_id: Option<CartId>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
