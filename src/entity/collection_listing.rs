//! A member of a collection in a channel with what members are sorted by, kept in the same transaction as the change.

use sea_orm::IntoSimpleExpr;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::clock::Timestamp;
use crate::entity::product_listing::{OPEN_FROM, OPEN_UNTIL};
use crate::id::{ChannelId, CollectionId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    pub is_published: bool,
    pub published_from: Timestamp,
    pub published_until: Timestamp,
    pub position: i64,
    pub name_key: String,
    pub lowest_minor: i64,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// That shoppers see a member at an instant; open ends are named, as for products.
pub fn is_shown_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(COLUMN.is_published.eq(true))
        .add(Column::PublishedFrom.into_simple_expr().eq(Expr::cust(OPEN_FROM)).or(Column::PublishedFrom.lte(now)))
        .add(Column::PublishedUntil.into_simple_expr().eq(Expr::cust(OPEN_UNTIL)).or(Column::PublishedUntil.gt(now)))
}
