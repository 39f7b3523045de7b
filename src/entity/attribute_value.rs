//! A value that a product or one of its variants has of an attribute.

use sea_orm::entity::prelude::*;

use crate::id::{AttributeChoiceId, AttributeId, ProductId, ProductVariantId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute_value")]
pub struct Model {
    /// The variant, or the product where there is none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub attribute_id: AttributeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub product_id: ProductId,
    pub variant_id: Option<ProductVariantId>,
    /// The value as it is found and counted by.
    pub value_key: String,
    /// The value for people; choices have their own name.
    pub label: String,
    /// Millionths of a number.
    pub number_micro: Option<i64>,
    pub choice_id: Option<AttributeChoiceId>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The attribute that it is a value of.
    pub fn to_attribute() -> RelationDef {
        Self::belongs_to(super::attribute::Entity).from(Column::AttributeId).to(super::attribute::Column::Id).into()
    }

    /// The variant that has it.
    pub fn to_variant() -> RelationDef {
        Self::belongs_to(super::product_variant::Entity)
            .from(Column::VariantId)
            .to(super::product_variant::Column::Id)
            .into()
    }

    /// The choice that it is, of an attribute of choices.
    pub fn to_choice() -> RelationDef {
        Self::belongs_to(super::attribute_choice::Entity)
            .from(Column::ChoiceId)
            .to(super::attribute_choice::Column::Id)
            .into()
    }
}
