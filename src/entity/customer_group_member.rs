//! That a customer belongs to a group.

use sea_orm::entity::prelude::*;

use crate::id::{CustomerGroupId, CustomerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_group_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_group_id: CustomerGroupId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
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

    /// The customer.
    pub fn to_customer() -> RelationDef {
        Self::belongs_to(super::customer::Entity).from(Column::CustomerId).to(super::customer::Column::Id).into()
    }
}
