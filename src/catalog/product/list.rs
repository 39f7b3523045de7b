//! Where the products of a list come from, so that a page is a range of one index.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, IntoSimpleExpr};

use crate::auth::Scope;
use crate::catalog::product::row::{self, ProductFields};
use crate::entity::{collection, collection_listing, media, product, product_listing};
use crate::id::CollectionId;

/// The products among which a list is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Among {
    /// Those of the channel.
    All,
    /// The members of a collection, if that is there for the reader.
    Members(CollectionId),
}

/// Selects products that are there for a reader with what is asked of them.
pub fn select(scope: Scope, among: Among, fields: ProductFields, condition: Condition) -> SelectStatement {
    let is_plain = condition.is_empty() && !fields.intersects(ProductFields::OF_LISTING);
    let mut query = from(scope, among, condition, is_plain);
    if fields.contains(ProductFields::IMAGE) {
        let of_product =
            Expr::col((media::Entity, media::Column::ProductId)).equals((product::Entity, product::Column::Id));
        query.left_join(media::Entity, of_product.and(media::Column::Position.eq(0)));
    }
    let prices = if has_listing(scope, among, is_plain) { row::Prices::Listing } else { row::Prices::Member };
    row::select(&mut query, fields, prices);
    query
}

/// Counts products that are there for a reader.
pub fn count(scope: Scope, among: Among, condition: Condition) -> SelectStatement {
    let is_plain = condition.is_empty();
    let mut query = from(scope, among, condition, is_plain);
    query.expr(Expr::cust("COUNT(*)"));
    query
}

/// The listing of a collection serves shoppers alone where nothing else is asked about.
fn has_listing(scope: Scope, among: Among, is_plain: bool) -> bool {
    among == Among::All || scope.sees_drafts || !is_plain
}

fn from(scope: Scope, among: Among, condition: Condition, is_plain: bool) -> SelectStatement {
    use collection_listing::Column as Member;
    use product_listing::Column as Listed;
    let product_id = product::Column::Id.into_simple_expr();
    let mut query = Query::select();
    match among {
        Among::All => {
            query
                .from(product_listing::Entity)
                .inner_join(product::Entity, product_id.eq(Listed::ProductId.into_simple_expr()))
                .and_where(Listed::ChannelId.eq(scope.channel));
            query.cond_where(product_listing::is_there_for(scope));
        }
        Among::Members(collection) => {
            query
                .from(collection_listing::Entity)
                .inner_join(product::Entity, product_id.eq(Member::ProductId.into_simple_expr()))
                .and_where(Member::CollectionId.eq(collection))
                .and_where(Member::ChannelId.eq(scope.channel));
            if has_listing(scope, among, is_plain) {
                let same = Listed::ProductId.into_simple_expr().eq(Member::ProductId.into_simple_expr());
                query.inner_join(product_listing::Entity, same).and_where(Listed::ChannelId.eq(scope.channel));
            }
            if !scope.sees_drafts {
                query
                    .cond_where(collection_listing::is_shown_at(scope.now))
                    .and_where(Member::CollectionId.in_subquery(collection::Entity::id_visible_in(scope, collection)));
            } else if scope.only_assigned {
                query
                    .cond_where(product_listing::is_there_for(scope))
                    .and_where(Member::CollectionId.in_subquery(collection::Entity::id_visible_in(scope, collection)));
            }
        }
    }
    query.cond_where(condition);
    query
}
