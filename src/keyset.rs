//! Pages of rows that are sorted by one column and, where that is alike, by their ids: each is a range of an index.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Value};

use crate::error::{Error, Result};
use crate::graphql::page::{Cursor, CursorKey, PageRequest};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug)]
pub struct Keyset<C> {
    /// A column of numbers or instants, or of texts.
    pub key: C,
    pub id: C,
    pub is_text: bool,
    pub is_descending: bool,
}

impl<C: sea_orm::ColumnTrait> Keyset<C> {
    /// The rows of a page, and one more if there are more.
    pub fn page<E: EntityTrait<Column = C>>(self, query: Select<E>, request: &PageRequest) -> Result<Select<E>> {
        let descends = self.is_descending != request.is_backward;
        let mut query = query.limit(request.rows());
        if let Some(edge) = &request.edge {
            let place = Expr::tuple([Expr::col(self.key), Expr::col(self.id)]);
            let edge = Expr::tuple([Expr::value(self.value(edge)?), Expr::value(edge.id)]);
            query = query.filter(if descends { place.lt(edge) } else { place.gt(edge) });
        }
        let order = if descends { Order::Desc } else { Order::Asc };
        Ok(query.order_by(self.key, order.clone()).order_by(self.id, order))
    }

    fn value(self, edge: &Cursor) -> Result<Value> {
        match &edge.key {
            CursorKey::Number(number) if !self.is_text => Ok((*number).into()),
            CursorKey::Text(text) if self.is_text => Ok(text.clone().into()),
            _ => Err(Error::BadInput("This is not a cursor that this list gave.".into())),
        }
    }
}
