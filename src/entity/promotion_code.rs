//! What a customer types to get a promotion.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{PromotionCodeId, PromotionId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PromotionCodeId,
    pub promotion_id: PromotionId,
    /// As staff entered it.
    pub code: String,
    /// The folded code, by which it is found.
    pub code_key: String,
    /// How often this code can be used, beside the limits of its promotion.
    pub usage_limit: Option<i64>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// Its promotion.
    pub fn to_promotion() -> RelationDef {
        Self::belongs_to(super::promotion::Entity).from(Column::PromotionId).to(super::promotion::Column::Id).into()
    }
}
