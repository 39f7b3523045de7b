//! Lists audit entries.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};
use serde_json::Value;
use uuid::Uuid;

use crate::audit::input::AuditEntryFilter;
use crate::auth::{ActorKind, Permission};
use crate::db::Db;
use crate::entity::audit_entry;
use crate::error::{Error, Result};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::{
    ApiTokenId, CustomerGroupId, CustomerId, GiftCardId, PickupLocationId, RoleId, ShippingMethodId, ShippingZoneId,
    StaffUserId,
};
use crate::keyset::Keyset;

const SORT: &str = "created";

const ORDER: Keyset<audit_entry::Column> =
    Keyset { key: audit_entry::Column::CreatedAt, id: audit_entry::Column::Id, is_text: false, is_descending: true };

#[derive(Clone)]
pub struct AuditService {
    db: Db,
}

impl AuditService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// One page, the newest first.
    pub async fn list(&self, filter: &AuditEntryFilter, args: &PageArgs) -> Result<Page<audit_entry::Model>> {
        let request = args.check(SORT)?;
        let rows = ORDER.page(select(filter)?, &request)?.all(self.db.reader()).await?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &AuditEntryFilter) -> Result<u64> {
        Ok(select(filter)?.count(self.db.reader()).await?)
    }
}

/// A field that was changed, with its values as JSON; none where nothing was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValues {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The fields of an entry, in the alphabet of their names.
pub fn changes(row: &audit_entry::Model) -> Vec<FieldValues> {
    let text = |value: Option<&Value>| value.filter(|value| !value.is_null()).map(Value::to_string);
    let fields = row.changes.as_object().into_iter().flatten();
    let mut changes: Vec<_> = fields
        .map(|(field, values)| FieldValues {
            field: field.clone(),
            before: text(values.get("before")),
            after: text(values.get("after")),
        })
        .collect();
    // The databases keep the names of a document in different orders.
    changes.sort_by(|one, other| one.field.cmp(&other.field));
    changes
}

fn select(filter: &AuditEntryFilter) -> Result<Select<audit_entry::Entity>> {
    let mut query = audit_entry::Entity::find();
    if let Some(actor) = &filter.actor {
        let (kind, id) = read_actor(actor)?;
        query = query.filter(audit_entry::COLUMN.actor_id.eq(id)).filter(audit_entry::COLUMN.actor_type.eq(kind));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_entry::COLUMN.action.eq(action));
    }
    if let Some(r#type) = &filter.object_type {
        query = query.filter(audit_entry::COLUMN.object_type.eq(r#type));
    }
    if let Some(object) = &filter.object {
        let (r#type, id) = object.rsplit_once('_').ok_or_else(|| unknown(object))?;
        let id = Uuid::try_parse(id).map_err(|_| unknown(object))?;
        query = query.filter(audit_entry::COLUMN.object_id.eq(id)).filter(audit_entry::COLUMN.object_type.eq(r#type));
    }
    if let Some(span) = &filter.created_at {
        let column = audit_entry::Column::CreatedAt;
        if let Some(from) = span.from {
            query = query.filter(column.gte(from.0));
        }
        if let Some(to) = span.to {
            query = query.filter(column.lte(to.0));
        }
    }
    Ok(query)
}

fn read_actor(id: &str) -> Result<(ActorKind, Uuid)> {
    let staff = id.parse().map(|id: StaffUserId| (ActorKind::Staff, id.uuid()));
    let token = || id.parse().map(|id: ApiTokenId| (ActorKind::ApiToken, id.uuid()));
    staff.or_else(|_| token()).map_err(|_| unknown(id))
}

fn unknown(id: &str) -> Error {
    let id: String = id.chars().take(64).collect();
    Error::BadInput(format!("\"{id}\" is not an id of this kind."))
}

fn cursor(row: &audit_entry::Model) -> Cursor {
    Cursor { sort: SORT.to_owned(), key: CursorKey::Number(row.created_at.as_micros()), id: row.id.uuid() }
}

/// What is needed beside the right to read the log to be told of changes of an object.
pub fn needed(entry: &audit_entry::Model) -> Option<Permission> {
    match entry.object_type.as_str() {
        CustomerId::PREFIX | CustomerGroupId::PREFIX => Some(Permission::CustomerRead),
        GiftCardId::PREFIX => Some(Permission::GiftCardRead),
        StaffUserId::PREFIX | RoleId::PREFIX | ApiTokenId::PREFIX => Some(Permission::StaffRead),
        ShippingZoneId::PREFIX | ShippingMethodId::PREFIX | PickupLocationId::PREFIX => Some(Permission::ShippingRead),
        _ => None,
    }
}
