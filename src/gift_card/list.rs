//! How staff find gift cards.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use crate::auth::Actor;
use crate::clock::Timestamp;
use crate::entity::gift_card::{COLUMN, Column, Entity, Model};
use crate::error::Result;
use crate::gift_card::code::{self, ENDING};
use crate::gift_card::input::{GiftCardFilter, GiftCardSort, GiftCardSortField};
use crate::gift_card::service::GiftCardService;
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::graphql::scalar::SortDirection;
use crate::id::GiftCardId;
use crate::keyset::Keyset;

/// Which gift cards are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct GiftCardSelection {
    pub filter: GiftCardFilter,
    pub sort: Option<GiftCardSort>,
    /// A whole code, or its last characters.
    pub query: Option<String>,
}

impl GiftCardService {
    /// The card of an id, if the actor may see it.
    pub async fn find(&self, actor: &Actor, id: GiftCardId) -> Result<Option<Model>> {
        Ok(Entity::visible_to(actor).filter(COLUMN.id.eq(id)).one(self.db.reader()).await?)
    }

    /// One page; the newest first if no sort is given.
    pub async fn list(&self, selection: &GiftCardSelection, args: &PageArgs) -> Result<Page<Model>> {
        let newest = GiftCardSort { field: GiftCardSortField::CreatedAt, direction: SortDirection::Desc };
        let sort = selection.sort.unwrap_or(newest);
        let (key, name) = match sort.field {
            GiftCardSortField::CreatedAt => (Column::CreatedAt, "created"),
            GiftCardSortField::Balance => (Column::BalanceMinor, "balance"),
        };
        let is_descending = sort.direction == SortDirection::Desc;
        let name = if is_descending { format!("{name} down") } else { name.to_owned() };
        let request = args.check(&name)?;
        let keyset = Keyset { key, id: Column::Id, is_text: false, is_descending };
        let rows = keyset.page(select(selection), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &Model| {
            let key = match sort.field {
                GiftCardSortField::CreatedAt => row.created_at.as_micros(),
                GiftCardSortField::Balance => row.balance_minor,
            };
            Cursor { sort: name.clone(), key: CursorKey::Number(key), id: row.id.uuid() }
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, selection: &GiftCardSelection) -> Result<u64> {
        Ok(select(selection).count(self.db.reader()).await?)
    }
}

fn select(selection: &GiftCardSelection) -> Select<Entity> {
    let GiftCardSelection { filter, query, .. } = selection;
    let mut condition = Condition::all()
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer)))
        .add_option(filter.is_usable.map(|wanted| if wanted { is_usable() } else { is_usable().not() }))
        .add_option(filter.currency.as_ref().map(|currency| Column::Currency.eq(&currency.0)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)));
    if let Some(query) = query.as_deref().map(code::fold).filter(|query| !query.is_empty()) {
        let is_ending = query.chars().count() == ENDING;
        condition =
            condition.add(if is_ending { Column::Ending.eq(query) } else { Column::CodeHash.eq(code::hash(&query)) });
    }
    Entity::find().filter(condition)
}

fn is_usable() -> Condition {
    let lasts = Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(Timestamp::now()));
    Condition::all().add(Column::DisabledAt.is_null()).add(Column::BalanceMinor.gt(0)).add(lasts)
}
