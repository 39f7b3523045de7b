//! Finds and lists collections as the actor may see them.

use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

use crate::auth::Scope;
use crate::auth::{Actor, Permission};
use crate::catalog::collection::input::CollectionFilter;
use crate::db::Db;
use crate::entity::{collection, collection_slug_redirect};
use crate::error::{Error, Result};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::CollectionId;

const SORT: &str = "POSITION";

#[derive(Clone)]
pub struct CollectionReader {
    db: Db,
}

impl CollectionReader {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, scope: Scope, id: CollectionId) -> Result<Option<collection::Model>> {
        let query = collection::Entity::visible_in(scope).filter(collection::COLUMN.id.eq(id));
        Ok(query.one(self.db.reader()).await?)
    }

    /// The collection of a slug, or else the one that had it before.
    pub async fn find_by_slug(&self, scope: Scope, slug: &str) -> Result<Option<collection::Model>> {
        let query = collection::Entity::visible_in(scope).filter(collection::COLUMN.slug.eq(slug));
        match query.one(self.db.reader()).await? {
            Some(row) => Ok(Some(row)),
            None => self.find_by_old_slug(scope, slug).await,
        }
    }

    async fn find_by_old_slug(&self, scope: Scope, slug: &str) -> Result<Option<collection::Model>> {
        let owner = collection_slug_redirect::Entity::collection_of(slug);
        let query = collection::Entity::visible_in(scope).filter(collection::Column::Id.in_subquery(owner));
        Ok(query.one(self.db.reader()).await?)
    }

    /// One page in the shop's order.
    pub async fn list(
        &self,
        actor: &Actor,
        scope: Scope,
        filter: &CollectionFilter,
        args: &PageArgs,
    ) -> Result<Page<collection::Model>> {
        let request = args.check(SORT)?;
        let order = if request.is_backward { Order::Desc } else { Order::Asc };
        let mut query = select(actor, scope, filter)
            .order_by(collection::Column::Position, order.clone())
            .order_by(collection::Column::Id, order)
            .limit(request.rows());
        if let Some(edge) = &request.edge {
            let CursorKey::Number(position) = edge.key else {
                return Err(Error::BadInput("This is not a cursor that this list gave.".into()));
            };
            let place = Expr::tuple([Expr::col(collection::Column::Position), Expr::col(collection::Column::Id)]);
            let edge = Expr::tuple([Expr::value(position), Expr::value(edge.id)]);
            query = query.filter(if request.is_backward { place.lt(edge) } else { place.gt(edge) });
        }
        let rows = query.all(self.db.reader()).await?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, actor: &Actor, scope: Scope, filter: &CollectionFilter) -> Result<u64> {
        Ok(select(actor, scope, filter).count(self.db.reader()).await?)
    }
}

fn cursor(row: &collection::Model) -> Cursor {
    Cursor { sort: SORT.to_owned(), key: CursorKey::Number(row.position), id: row.id.uuid() }
}

fn select(actor: &Actor, scope: Scope, filter: &CollectionFilter) -> Select<collection::Entity> {
    let CollectionFilter { parent, is_top_level, status, external_id } = filter;
    let parent_id = collection::Column::ParentId;
    collection::Entity::visible_in(scope)
        .apply_if(*parent, |query, parent| {
            query.filter(parent_id.in_subquery(collection::Entity::id_visible_in(scope, parent)))
        })
        .apply_if(*is_top_level, |query, is_top_level| {
            query.filter(if is_top_level { parent_id.is_null() } else { parent_id.is_not_null() })
        })
        .apply_if(*status, |query, status| query.filter(collection::COLUMN.status.eq(status)))
        .apply_if(external_id.as_deref(), |query, id| match actor.can_in(Permission::ProductRead, scope.channel) {
            true => query.filter(collection::COLUMN.external_id.eq(id)),
            false => query.filter(collection::Column::Id.is_in(Vec::<CollectionId>::new())),
        })
}
