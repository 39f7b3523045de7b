//! That a customer belongs to a group.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

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
    /// The customers of a group, for use inside another statement.
    pub fn members_of(group: CustomerGroupId) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::CustomerId).filter(COLUMN.customer_group_id.eq(group)).into_query()
    }

    /// The groups of a customer.
    pub async fn groups_of(db: &impl ConnectionTrait, customer: CustomerId) -> Result<Vec<CustomerGroupId>, DbErr> {
        let of_customer = Self::find().select_only().column(Column::CustomerGroupId);
        of_customer.filter(COLUMN.customer_id.eq(customer)).into_tuple().all(db).await
    }

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
