//! That a price list is for a group of customers; one without any is for everybody.

use sea_orm::entity::prelude::*;

use crate::id::{CustomerGroupId, PriceListId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub price_list_id: PriceListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_group_id: CustomerGroupId,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The group.
    pub fn to_group() -> RelationDef {
        Self::belongs_to(super::customer_group::Entity)
            .from(Column::CustomerGroupId)
            .to(super::customer_group::Column::Id)
            .into()
    }
}
