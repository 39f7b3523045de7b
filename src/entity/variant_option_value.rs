//! The value that a variant has of an option.

use sea_orm::entity::prelude::*;

use crate::id::{ProductOptionId, ProductOptionValueId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_option_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: ProductVariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub option_id: ProductOptionId,
    pub value_id: ProductOptionValueId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The option that has the value.
    pub fn to_option() -> RelationDef {
        Self::belongs_to(super::product_option::Entity)
            .from(Column::OptionId)
            .to(super::product_option::Column::Id)
            .into()
    }

    /// The value itself.
    pub fn to_value() -> RelationDef {
        Self::belongs_to(super::product_option_value::Entity)
            .from(Column::ValueId)
            .to(super::product_option_value::Column::Id)
            .into()
    }
}
