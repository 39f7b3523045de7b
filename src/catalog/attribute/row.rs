//! The values of products and variants as they are shown: one row a value, with what there is to say of its attribute.

use sea_orm::sea_query::{Expr, Func};
use sea_orm::{EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect};
use sea_orm::{SelectModel, Selector};
use uuid::Uuid;

use crate::entity::attribute_type::AttributeType;
use crate::entity::{attribute, attribute_choice, attribute_value};
use crate::id::{AttributeId, ProductId, ProductVariantId};

/// A value that a product or a variant has.
#[derive(Clone, Debug, FromQueryResult)]
pub struct AttributeRow {
    pub product_id: ProductId,
    /// The variant that has it; `None` where it is the product itself.
    pub variant_id: Option<ProductVariantId>,
    pub attribute_id: AttributeId,
    pub code: String,
    pub name: String,
    pub r#type: AttributeType,
    pub unit: Option<String>,
    pub position: i64,
    pub value_key: String,
    /// Of a choice its name as it is now.
    pub label: String,
    pub color: Option<String>,
    pub number_micro: Option<i64>,
}

/// The values that products have themselves, in the attributes' order and then their own.
pub fn of_products(products: impl IntoIterator<Item = ProductId>) -> Selector<SelectModel<AttributeRow>> {
    of_owners(products.into_iter().map(ProductId::uuid))
}

/// The values that variants have, in the same order.
pub fn of_variants(variants: impl IntoIterator<Item = ProductVariantId>) -> Selector<SelectModel<AttributeRow>> {
    of_owners(variants.into_iter().map(ProductVariantId::uuid))
}

fn of_owners(owners: impl IntoIterator<Item = Uuid>) -> Selector<SelectModel<AttributeRow>> {
    use attribute_value::Column as Value;
    let label = Func::coalesce([
        Expr::col((attribute_choice::Entity, attribute_choice::Column::Name)),
        Expr::col((attribute_value::Entity, Value::Label)),
    ]);
    attribute_value::Entity::find()
        .select_only()
        .columns([Value::ProductId, Value::VariantId, Value::AttributeId, Value::ValueKey, Value::NumberMicro])
        .columns([attribute::Column::Code, attribute::Column::Name, attribute::Column::Type, attribute::Column::Unit])
        .column(attribute::Column::Position)
        .column(attribute_choice::Column::Color)
        .expr_as(label, "label")
        .join(JoinType::InnerJoin, attribute_value::Entity::to_attribute())
        .join(JoinType::LeftJoin, attribute_value::Entity::to_choice())
        .filter(attribute_value::COLUMN.owner_id.is_in(owners))
        .order_by_asc(attribute::Column::Position)
        .order_by_asc(attribute::Column::Id)
        .order_by_asc(Value::Position)
        .into_model::<AttributeRow>()
}
