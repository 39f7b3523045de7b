//! A choice of an option, such as "XL".

use sea_orm::entity::prelude::*;

use crate::id::{ProductOptionId, ProductOptionValueId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_option_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductOptionValueId,
    pub option_id: ProductOptionId,
    pub name: String,
    pub name_key: String,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
