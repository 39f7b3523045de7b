//! The statement that gives the texts of a list's listings.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, IntoSimpleExpr};

use crate::auth::Scope;
use crate::catalog::product::filter::CheckedFilter;
use crate::catalog::product::list::Among;
use crate::entity::{collection, collection_listing, product, product_listing};

/// Selects two texts: of the listings of what is available, and of the others. What facets are about is left out of the
/// condition: the counting sees to it.
pub fn select(scope: Scope, among: Among, wanted: &CheckedFilter) -> SelectStatement {
    use product_listing::Column as Listed;
    let text = match scope.sees_drafts {
        true => "product_listing.facets || product_listing.hidden_facets",
        false => "product_listing.facets",
    };
    let joined = |which: &str| Expr::cust(format!("string_agg({text}, ';') FILTER (WHERE {which})"));
    let mut query = Query::select();
    query
        .expr(joined("product_listing.is_available"))
        .expr(joined("NOT product_listing.is_available"))
        .from(product_listing::Entity)
        .and_where(Listed::ChannelId.eq(scope.channel));
    if let Among::Members(collection) = among {
        join_members(&mut query, scope, collection);
    }
    query.cond_where(product_listing::is_there_for(scope));
    if wanted.asks_product {
        let same = product::Column::Id.into_simple_expr().eq(Listed::ProductId.into_simple_expr());
        query.inner_join(product::Entity, same);
    }
    if !wanted.rest.is_empty() {
        query.cond_where(wanted.rest.clone());
    }
    query
}

fn join_members(query: &mut SelectStatement, scope: Scope, collection: crate::id::CollectionId) {
    use collection_listing::Column as Member;
    let same = Member::ProductId.into_simple_expr().eq(product_listing::Column::ProductId.into_simple_expr());
    query
        .inner_join(collection_listing::Entity, same)
        .and_where(Member::CollectionId.eq(collection))
        .and_where(Member::ChannelId.eq(scope.channel));
    if !scope.sees_drafts {
        query
            .cond_where(collection_listing::is_shown_at(scope.now))
            .and_where(Member::CollectionId.in_subquery(collection::Entity::id_visible_in(scope, collection)));
    } else if scope.only_assigned {
        query.and_where(Member::CollectionId.in_subquery(collection::Entity::id_visible_in(scope, collection)));
    }
}
