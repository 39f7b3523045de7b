//! What a variant cost in a channel for a time that is over.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{ChannelId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_price_period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: Timestamp,
    pub until: Timestamp,
    pub price_minor: i64,
    pub compare_at_minor: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// What the variant costs in the channel now.
    pub fn to_present() -> RelationDef {
        Self::belongs_to(super::variant_price::Entity)
            .from((Column::VariantId, Column::ChannelId))
            .to((super::variant_price::Column::VariantId, super::variant_price::Column::ChannelId))
            .into()
    }

    /// The variant that cost it.
    pub fn to_variant() -> RelationDef {
        Self::belongs_to(super::product_variant::Entity)
            .from(Column::VariantId)
            .to(super::product_variant::Column::Id)
            .into()
    }
}
