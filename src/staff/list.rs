//! Lists those who run the shop.

use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use crate::entity::{staff_user, staff_user_role};
use crate::error::Result;
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::keyset::Keyset;
use crate::staff::account::StaffService;
use crate::staff::input::StaffUserFilter;
use crate::text::{after_prefix, fold};

const SORT: &str = "name";

const ORDER: Keyset<staff_user::Column> =
    Keyset { key: staff_user::Column::NameKey, id: staff_user::Column::Id, is_text: true, is_descending: false };

impl StaffService {
    /// One page, in the alphabet of their names.
    pub async fn list(&self, filter: &StaffUserFilter, args: &PageArgs) -> Result<Page<staff_user::Model>> {
        let request = args.check(SORT)?;
        let rows = ORDER.page(select(filter), &request)?.all(self.db.reader()).await?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &StaffUserFilter) -> Result<u64> {
        Ok(select(filter).count(self.db.reader()).await?)
    }
}

fn select(filter: &StaffUserFilter) -> Select<staff_user::Entity> {
    let mut query = staff_user::Entity::find();
    if let Some(is_active) = filter.is_active {
        query = query.filter(staff_user::COLUMN.is_active.eq(is_active));
    }
    if let Some(role) = filter.role {
        let holders = Query::select()
            .column(staff_user_role::Column::StaffUserId)
            .from(staff_user_role::Entity)
            .and_where(staff_user_role::COLUMN.role_id.eq(role))
            .take();
        query = query.filter(staff_user::Column::Id.in_subquery(holders));
    }
    if let Some(text) = filter.query.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let (name, email) = (fold(text), text.to_lowercase());
        let either = Condition::any()
            .add(begins_with(staff_user::Column::NameKey, &name))
            .add(begins_with(staff_user::Column::EmailKey, &email));
        query = query.filter(either);
    }
    query
}

fn begins_with(column: staff_user::Column, prefix: &str) -> Condition {
    Condition::all().add(column.gte(prefix)).add(column.lt(after_prefix(prefix)))
}

fn cursor(row: &staff_user::Model) -> Cursor {
    Cursor { sort: SORT.to_owned(), key: CursorKey::Text(row.name_key.clone()), id: row.id.uuid() }
}
