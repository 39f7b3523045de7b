//! What a listing page needs of a product in a channel, kept in the same transaction as the change.

use sea_orm::IntoSimpleExpr;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::auth::Scope;
use crate::clock::Timestamp;
use crate::id::{ChannelId, ProductId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// The product is active, assigned to the channel, and has an active variant with a price there.
    pub is_published: bool,
    /// The first instant at which shoppers see it; the first that there is where this is open.
    pub published_from: Timestamp,
    /// The first instant at which they do not see it any more.
    pub published_until: Timestamp,
    /// An active variant has a price.
    pub has_price: bool,
    /// An active variant has a price and units to sell.
    pub is_available: bool,
    pub name_key: String,
    /// Zero where nothing has a price.
    pub lowest_minor: i64,
    pub highest_minor: i64,
    pub created_at: Timestamp,
    /// The first instant at which shoppers ever saw it, or the one to come at which they will unless that changes.
    pub first_shown: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What stands for a beginning or an end that is open.
pub const OPEN_FROM: &str = "-9223372036854775807";
pub const OPEN_UNTIL: &str = "9223372036854775807";

/// That a product is there for a reader of its channel: for shoppers what is shown, for staff of the channel what is
/// assigned to it, for others everything.
pub fn is_there_for(scope: Scope) -> Condition {
    match (scope.sees_drafts, scope.only_assigned) {
        (false, _) => is_shown_at(scope.now),
        (true, true) => Condition::all()
            .add(Column::ProductId.in_subquery(super::product_channel::Entity::products_of(scope.channel))),
        (true, false) => Condition::all(),
    }
}

/// That shoppers see a product at an instant.
///
/// Open ends are named beside the instant: PostgreSQL's planner knows how many rows have them. Of an instant that it
/// does not know yet it supposes that a ninth of all rows are shown, and rather sorts these than walks the index.
pub fn is_shown_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(COLUMN.is_published.eq(true))
        .add(Column::PublishedFrom.into_simple_expr().eq(Expr::cust(OPEN_FROM)).or(Column::PublishedFrom.lte(now)))
        .add(Column::PublishedUntil.into_simple_expr().eq(Expr::cust(OPEN_UNTIL)).or(Column::PublishedUntil.gt(now)))
}
