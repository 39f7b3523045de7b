//! What makes something cheaper, with its rules as documents.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::clock::Timestamp;
use crate::entity::promotion_class::{PromotionClass, PromotionStacking};
use crate::id::{ChannelId, PromotionId};
use crate::pricing;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PromotionId,
    pub name: String,
    pub name_key: String,
    pub description: String,
    pub is_active: bool,
    /// That of the action.
    pub class: PromotionClass,
    /// Whether it applies only where one of its codes was entered.
    pub needs_code: bool,
    pub stacking: PromotionStacking,
    pub priority: i64,
    /// The first instant at which it applies.
    pub starts_at: Option<Timestamp>,
    /// The first instant at which it applies no more.
    pub ends_at: Option<Timestamp>,
    /// [`pricing::Conditions`].
    pub conditions: Json,
    /// [`pricing::Action`].
    pub action: Json,
    pub usage_limit: Option<i64>,
    pub usage_limit_per_customer: Option<i64>,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The promotions of a channel that are switched on, whenever they apply; see [`applies_at`].
    pub fn active_in(channel: ChannelId) -> Select<Self> {
        let assigned = super::promotion_channel::Entity::promotions_of(channel);
        Self::find().filter(COLUMN.is_active.eq(true)).filter(Column::Id.in_subquery(assigned))
    }
}

/// That a promotion has begun and not ended at an instant.
pub fn applies_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::StartsAt.is_null().or(Column::StartsAt.lte(now)))
        .add(Column::EndsAt.is_null().or(Column::EndsAt.gt(now)))
}

impl Model {
    /// The rules as prices are computed from them. What staff entered always reads back.
    pub fn rule(&self) -> Result<pricing::Promotion, serde_json::Error> {
        Ok(pricing::Promotion {
            id: self.id,
            priority: i32::try_from(self.priority).unwrap_or(i32::MAX),
            stacking: self.stacking.into(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            conditions: self.read_conditions()?,
            action: self.read_action()?,
        })
    }

    pub fn read_conditions(&self) -> Result<pricing::Conditions, serde_json::Error> {
        serde_json::from_value(self.conditions.clone())
    }

    pub fn read_action(&self) -> Result<pricing::Action, serde_json::Error> {
        serde_json::from_value(self.action.clone())
    }
}
