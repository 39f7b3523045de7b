//! The orders in which lists of products stand; each ends in the id.

use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement, SimpleExpr};

use crate::catalog::product::input::{ProductSort, ProductSortField};
use crate::catalog::product::read::ListedProduct;
use crate::entity::{collection_listing, product_listing};
use crate::error::{Error, Result};
use crate::graphql::page::{Cursor, CursorKey, PageRequest};
use crate::graphql::scalar::SortDirection;

/// What a list is sorted by before the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name,
    Price,
    CreatedAt,
    /// The place in a collection.
    Position,
}

/// An order of products that ends in the id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListOrder {
    key: Key,
    is_descending: bool,
    /// The keys are those of a collection's listing.
    is_of_members: bool,
    /// Cursors carry it, because they mean nothing in another order.
    pub name: String,
}

impl ListOrder {
    /// The wanted order, newest first if none is.
    pub fn new(sort: Option<ProductSort>) -> Self {
        let newest = ProductSort { field: ProductSortField::CreatedAt, direction: SortDirection::Desc };
        let ProductSort { field, direction } = sort.unwrap_or(newest);
        let (key, name) = match field {
            ProductSortField::Name => (Key::Name, "NAME"),
            ProductSortField::Price => (Key::Price, "PRICE"),
            ProductSortField::CreatedAt => (Key::CreatedAt, "CREATED_AT"),
        };
        let is_descending = direction == SortDirection::Desc;
        Self {
            key,
            is_descending,
            is_of_members: false,
            name: format!("{name}_{}", if is_descending { "DESC" } else { "ASC" }),
        }
    }

    /// The wanted order of a collection's members, the shop's own if none is.
    pub fn of_members(sort: Option<ProductSort>) -> Self {
        match sort {
            Some(sort) => Self { is_of_members: true, ..Self::new(Some(sort)) },
            None => Self { key: Key::Position, is_descending: false, is_of_members: true, name: "POSITION".to_owned() },
        }
    }

    /// The value by which rows are sorted.
    pub fn key(&self) -> SimpleExpr {
        use collection_listing::Column as Member;
        use product_listing::Column as Listed;
        let member = |column: Member| Expr::col((collection_listing::Entity, column));
        let listed = |column: Listed| Expr::col((product_listing::Entity, column));
        match (self.key, self.is_of_members) {
            (Key::Name, true) => member(Member::NameKey),
            (Key::Name, false) => listed(Listed::NameKey),
            (Key::Price, true) => member(Member::LowestMinor),
            (Key::Price, false) => listed(Listed::LowestMinor),
            (Key::CreatedAt, true) => member(Member::CreatedAt),
            (Key::CreatedAt, false) => listed(Listed::CreatedAt),
            (Key::Position, _) => member(Member::Position),
        }
    }

    /// The id that breaks ties, of the table that holds the key, so that one index gives the whole order.
    fn id(&self) -> SimpleExpr {
        if self.is_of_members {
            Expr::col((collection_listing::Entity, collection_listing::Column::ProductId))
        } else {
            Expr::col((product_listing::Entity, product_listing::Column::ProductId))
        }
    }

    /// Where a row stands in this order, if `position` is its place in the collection.
    pub fn cursor(&self, (product, listing): &ListedProduct, position: i64) -> Cursor {
        let key = match self.key {
            Key::Name => CursorKey::Text(listing.name_key.clone()),
            Key::Price => CursorKey::Number(listing.lowest_minor),
            Key::CreatedAt => CursorKey::Number(listing.created_at.as_micros()),
            Key::Position => CursorKey::Number(position),
        };
        Cursor { sort: self.name.clone(), key, id: product.id.uuid() }
    }

    /// Sorts, begins next to the edge of the page, and takes one row more than fits on it.
    pub fn apply(&self, query: &mut SelectStatement, request: &PageRequest) -> Result<()> {
        let is_descending = self.is_descending != request.is_backward;
        let order = if is_descending { Order::Desc } else { Order::Asc };
        query
            .order_by_expr(self.key(), order.clone())
            .order_by_expr(self.id(), order)
            .limit(u64::from(request.size) + 1);
        if let Some(edge) = &request.edge {
            let place = Expr::tuple([self.key(), self.id()]);
            let edge = Expr::tuple([self.value(edge)?, Expr::value(edge.id)]);
            query.and_where(if is_descending { place.lt(edge) } else { place.gt(edge) });
        }
        Ok(())
    }

    /// The value of a cursor, if it is of the kind that the list is sorted by.
    fn value(&self, cursor: &Cursor) -> Result<SimpleExpr> {
        match (&cursor.key, self.key) {
            (CursorKey::Text(text), Key::Name) => Ok(Expr::value(text.clone())),
            (CursorKey::Number(number), Key::Price | Key::CreatedAt | Key::Position) => Ok(Expr::value(*number)),
            _ => Err(Error::BadInput("This is not a cursor that this list gave.".into())),
        }
    }
}
