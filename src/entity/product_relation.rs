//! A product that is shown beside another.

use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QuerySelect};

use crate::auth::Scope;
use crate::id::ProductId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub related_id: ProductId,
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The relations to products that are there for a reader.
    pub fn visible_in(scope: Scope) -> Select<Self> {
        let listed = Self::find()
            .join(JoinType::InnerJoin, Self::to_listing())
            .filter(super::product_listing::COLUMN.channel_id.eq(scope.channel));
        listed.filter(super::product_listing::is_there_for(scope))
    }

    /// The related product's place in the listings of a channel.
    fn to_listing() -> RelationDef {
        Self::belongs_to(super::product_listing::Entity)
            .from(Column::RelatedId)
            .to(super::product_listing::Column::ProductId)
            .into()
    }
}
