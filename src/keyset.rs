//! Pages of a table by a sort key and the id: a page begins after a row, so what comes or goes elsewhere never shifts it.

use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr};
use sea_orm::{EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::graphql::page::{CursorKey, PageRequest};

/// The columns of a list's order, and which way it goes.
#[derive(Clone, Copy, Debug)]
pub struct Keyset<C> {
    pub key: C,
    pub id: C,
    pub is_descending: bool,
}

impl<C: IntoColumnRef + Copy> Keyset<C> {
    /// The rows of a page, in the direction in which it is read, and one more.
    pub fn page<E>(self, select: Select<E>, request: &PageRequest) -> Select<E>
    where
        E: EntityTrait<Column = C>,
        C: sea_orm::ColumnTrait,
    {
        let goes_down = self.is_descending != request.is_backward;
        let order = if goes_down { Order::Desc } else { Order::Asc };
        let sorted = select.order_by(self.key, order.clone()).order_by(self.id, order).limit(request.rows());
        let Some(edge) = &request.edge else { return sorted };
        let key: SimpleExpr = match &edge.key {
            CursorKey::Number(number) => Expr::value(*number),
            CursorKey::Text(text) => Expr::value(text.clone()),
        };
        let place = Expr::tuple([Expr::col(self.key.as_column_ref()), Expr::col(self.id.as_column_ref())]);
        let edge = Expr::tuple([key, Expr::value(edge.id)]);
        sorted.filter(if goes_down { place.lt(edge) } else { place.gt(edge) })
    }
}
