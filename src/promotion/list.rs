//! Lists promotions for staff.

use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use crate::entity::{promotion, promotion_channel, promotion_code};
use crate::error::Result;
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::graphql::scalar::SortDirection;
use crate::keyset::Keyset;
use crate::promotion::input::{PromotionFilter, PromotionSort, PromotionSortField};
use crate::promotion::service::PromotionService;
use crate::text::{after_prefix, fold};

/// Which promotions are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct PromotionSelection {
    pub filter: PromotionFilter,
    pub sort: Option<PromotionSort>,
    /// Begins a name.
    pub query: Option<String>,
}

impl PromotionService {
    /// One page; the newest first if no sort is given.
    pub async fn list(&self, selection: &PromotionSelection, args: &PageArgs) -> Result<Page<promotion::Model>> {
        let newest = PromotionSort { field: PromotionSortField::CreatedAt, direction: SortDirection::Desc };
        let PromotionSort { field, direction } = selection.sort.unwrap_or(newest);
        let (key, name) = match field {
            PromotionSortField::CreatedAt => (promotion::Column::CreatedAt, "created"),
            PromotionSortField::Name => (promotion::Column::NameKey, "name"),
            PromotionSortField::Priority => (promotion::Column::Priority, "priority"),
        };
        let is_descending = direction == SortDirection::Desc;
        let name = if is_descending { format!("{name} down") } else { name.to_owned() };
        let request = args.check(&name)?;
        let is_text = field == PromotionSortField::Name;
        let keyset = Keyset { key, id: promotion::Column::Id, is_text, is_descending };
        let rows = keyset.page(select(selection), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &promotion::Model| {
            let key = match field {
                PromotionSortField::CreatedAt => CursorKey::Number(row.created_at.as_micros()),
                PromotionSortField::Name => CursorKey::Text(row.name_key.clone()),
                PromotionSortField::Priority => CursorKey::Number(row.priority),
            };
            Cursor { sort: name.clone(), key, id: row.id.uuid() }
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, selection: &PromotionSelection) -> Result<u64> {
        Ok(select(selection).count(self.db.reader()).await?)
    }
}

fn select(selection: &PromotionSelection) -> Select<promotion::Entity> {
    use promotion::{COLUMN, Column};
    let PromotionSelection { filter, query, .. } = selection;
    let name = query.as_deref().map(fold).filter(|name| !name.is_empty());
    let of_code = |code: &String| {
        Query::select()
            .column(promotion_code::Column::PromotionId)
            .from(promotion_code::Entity)
            .and_where(promotion_code::COLUMN.code_key.eq(fold(code)))
            .take()
    };
    let in_channel = |channel| Column::Id.in_subquery(promotion_channel::Entity::promotions_of(channel));
    let condition = Condition::all()
        .add_option(filter.is_active.map(|is_active| COLUMN.is_active.eq(is_active)))
        .add_option(filter.class.map(|class| COLUMN.class.eq(class)))
        .add_option(filter.needs_code.map(|needs_code| COLUMN.needs_code.eq(needs_code)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)))
        .add_option(filter.channel.map(in_channel))
        .add_option(filter.code.as_ref().map(|code| Column::Id.in_subquery(of_code(code))))
        .add_option(name.as_ref().map(|name| Column::NameKey.gte(name)))
        .add_option(name.as_ref().map(|name| Column::NameKey.lt(after_prefix(name))));
    promotion::Entity::find().filter(condition)
}
