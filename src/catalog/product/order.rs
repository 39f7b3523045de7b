//! The orders in which lists of products stand; each ends in the id.

use sea_orm::QueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement, SimpleExpr};

use crate::catalog::product::input::{ProductSort, ProductSortField};
use crate::catalog::product::list::Among;
use crate::catalog::product::row::{ProductFields, ProductRow};
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
    pub name: &'static str,
}

impl ListOrder {
    /// The wanted order, newest first if none is.
    pub fn new(sort: Option<ProductSort>, among: Among) -> Result<Self> {
        let newest = ProductSort { field: ProductSortField::CreatedAt, direction: SortDirection::Desc };
        let ProductSort { field, direction } = sort.unwrap_or(newest);
        let is_of_members = among != Among::All;
        if field == ProductSortField::Manual && !is_of_members {
            let message =
                "Only the products of one collection have an order of the shop's own: filter by a collection.";
            return Err(Error::BadInput(message.to_owned()));
        }
        let is_descending = direction == SortDirection::Desc;
        let (key, ascending, descending) = match field {
            ProductSortField::Name => (Key::Name, "NAME_ASC", "NAME_DESC"),
            ProductSortField::Price => (Key::Price, "PRICE_ASC", "PRICE_DESC"),
            ProductSortField::CreatedAt => (Key::CreatedAt, "CREATED_AT_ASC", "CREATED_AT_DESC"),
            ProductSortField::Manual => (Key::Position, "MANUAL_ASC", "MANUAL_DESC"),
        };
        Ok(Self { key, is_descending, is_of_members, name: if is_descending { descending } else { ascending } })
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

    /// A row of a page, with its place in this order, and the next column: after its own columns comes the value that it
    /// is sorted by.
    pub fn read(&self, row: &QueryResult, fields: ProductFields) -> Result<(Cursor, ProductRow, usize)> {
        let (product, column) = ProductRow::read(row, fields, 0)?;
        let key = match self.key {
            Key::Name => CursorKey::Text(row.try_get_by_index(column)?),
            Key::Price | Key::CreatedAt | Key::Position => CursorKey::Number(row.try_get_by_index(column)?),
        };
        Ok((Cursor { sort: self.name.to_owned(), key, id: product.id.uuid() }, product, column + 1))
    }

    /// Selects the value that is sorted by, sorts, and begins next to the edge of the page.
    pub fn apply(&self, query: &mut SelectStatement, request: &PageRequest) -> Result<()> {
        let is_descending = self.is_descending != request.is_backward;
        let order = if is_descending { Order::Desc } else { Order::Asc };
        query.expr(self.key()).order_by_expr(self.key(), order.clone()).order_by_expr(self.id(), order);
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

    /// Brings rows of a page into this order.
    pub fn sort<T>(&self, rows: &mut [(Cursor, T)], is_backward: bool) {
        rows.sort_by(|(one, _), (other, _)| {
            let order = (&one.key, one.id).cmp(&(&other.key, other.id));
            if self.is_descending != is_backward { order.reverse() } else { order }
        });
    }
}
