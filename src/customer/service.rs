//! Finds customers, and what they and staff change of them.

use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::account::account::Account;
use crate::account::link::{self, Links, NewLink};
use crate::account::password::parse_email;
use crate::account::session;
use crate::auth::{AccountId, Actor, Permission};
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::customer::group::members;
use crate::customer::input::{
    CustomerCreateInput, CustomerFilter, CustomerProfileUpdateInput, CustomerSort, CustomerSortField, CustomerStatus,
    CustomerUpdateInput,
};
use crate::customer::row;
use crate::customer::spec::{CustomerSpec, Profile};
use crate::db::{Db, all_set};
use crate::entity::token_purpose::TokenPurpose;
use crate::entity::{customer, customer_group_member};
use crate::error::{Error, OnUnique, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::graphql::scalar::SortDirection;
use crate::id::CustomerId;
use crate::keyset::Keyset;
use crate::text::{Email, after_prefix, fold};

#[derive(Clone)]
pub struct CustomerService {
    pub(super) db: Db,
    pub(super) links: Links,
}

/// Which customers are wanted, in which order.
#[derive(Clone, Debug, Default)]
pub struct CustomerSelection {
    pub filter: CustomerFilter,
    pub sort: Option<CustomerSort>,
    /// Begins an e-mail address or a name.
    pub query: Option<String>,
}

impl CustomerService {
    pub const fn new(db: Db, links: Links) -> Self {
        Self { db, links }
    }

    /// The customer of an id, if the actor may see it.
    pub async fn find(&self, actor: &Actor, id: CustomerId) -> Result<Option<customer::Model>> {
        Ok(customer::Entity::visible_to(actor).filter(customer::COLUMN.id.eq(id)).one(self.db.reader()).await?)
    }

    /// One page; the newest first if no sort is given.
    pub async fn list(&self, selection: &CustomerSelection, args: &PageArgs) -> Result<Page<customer::Model>> {
        let sort = selection
            .sort
            .unwrap_or(CustomerSort { field: CustomerSortField::CreatedAt, direction: SortDirection::Desc });
        let (key, name) = match sort.field {
            CustomerSortField::CreatedAt => (customer::Column::CreatedAt, "created"),
            CustomerSortField::Name => (customer::Column::NameKey, "name"),
        };
        let is_descending = sort.direction == SortDirection::Desc;
        let name = if is_descending { format!("{name} down") } else { name.to_owned() };
        let request = args.check(&name)?;
        let is_text = sort.field == CustomerSortField::Name;
        let keyset = Keyset { key, id: customer::Column::Id, is_text, is_descending };
        let rows = keyset.page(select(selection), &request)?.all(self.db.reader()).await?;
        let cursor = |row: &customer::Model| {
            let key = match sort.field {
                CustomerSortField::CreatedAt => CursorKey::Number(row.created_at.as_micros()),
                CustomerSortField::Name => CursorKey::Text(row.name_key.clone()),
            };
            Cursor { sort: name.clone(), key, id: row.id.uuid() }
        };
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, selection: &CustomerSelection) -> Result<u64> {
        Ok(select(selection).count(self.db.reader()).await?)
    }

    /// Enters a customer, who has no password.
    pub async fn create(&self, actor: &Actor, input: CustomerCreateInput) -> Result<CustomerId> {
        let (given, groups) = (input.email.clone(), input.groups.clone());
        let mut checks = Checks::new("input");
        let spec = CustomerSpec::from_input(&mut checks, input);
        let email = Email::parse(&given);
        if email.is_none() {
            let message = format!("\"{}\" is not an e-mail address.", given.chars().take(100).collect::<String>());
            checks.push(UserError::invalid("input.email", message));
        }
        checks.finish()?;
        let email = email.ok_or_else(|| Error::internal("an e-mail address was neither parsed nor refused"))?;
        let tx = self.db.begin().await?;
        let mut row = row::new(CustomerId::generate(), &email);
        let id = row.id;
        let now = row.created_at;
        spec.write(&mut row, now);
        let insert = customer::Entity::insert(all_set::<customer::Entity, _>(row));
        map_taken(insert.exec_without_returning(&tx).await)?;
        members::add_to(&tx, id, &groups, "input.groups").await?;
        event::record(&tx, actor, EventType::CustomerCreated, Aggregate::Customer(id), event::nothing()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes the actor's own profile.
    pub async fn update_profile(&self, actor: &Actor, input: CustomerProfileUpdateInput) -> Result<CustomerId> {
        let own = actor.customer().ok_or_else(not_a_customer)?.id;
        let tx = self.db.begin().await?;
        let row = lock(&tx, own, "input").await?;
        let before = Profile::of(&row);
        let mut checks = Checks::new("input");
        let after = before.clone().apply(&mut checks, input);
        checks.finish()?;
        if after != before {
            let mut row = row;
            after.write(&mut row, Timestamp::now());
            finish(&tx, actor, row, event::nothing()).await?;
            tx.commit().await?;
        }
        Ok(own)
    }

    /// Changes a customer by staff. Whoever may not come in any more loses all sessions.
    pub async fn update(&self, actor: &Actor, id: CustomerId, mut input: CustomerUpdateInput) -> Result<()> {
        let tx = self.db.begin().await?;
        let row = lock(&tx, id, "id").await?;
        if input.expected_version.is_some_and(|version| i64::from(version) != row.version) {
            return Err(UserError::conflict().into());
        }
        let mut checks = Checks::new("input");
        let email = checks.needed("email", std::mem::take(&mut input.email));
        let before = CustomerSpec::of(&row);
        let after = before.clone().apply(&mut checks, input);
        checks.finish()?;
        let is_shut_out = before.is_active && !after.is_active;
        if after != before {
            let mut row = row.clone();
            let details = Details::of_change(event::nothing(), &before, &after)?;
            after.write(&mut row, Timestamp::now());
            finish(&tx, actor, row, details).await?;
        }
        if is_shut_out {
            session::revoke_all_but(&tx, actor, AccountId::Customer(id), None).await?;
            link::end_all(&tx, AccountId::Customer(id), None).await?;
        }
        if let Some(email) = email {
            self.send_change(&tx, actor, &row, &email).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Has a link sent to another address of a customer, by which that proves to be theirs.
    async fn send_change(
        &self,
        tx: &DatabaseTransaction,
        actor: &Actor,
        row: &customer::Model,
        email: &str,
    ) -> Result<()> {
        let email = parse_email(email, "input.email")?;
        if row.email.as_ref() == Some(&email.address) {
            return Ok(());
        }
        let other = customer::Entity::find().filter(customer::Column::EmailKey.eq(&email.key));
        if other.one(tx).await?.is_some_and(|other| other.id != row.id) {
            return Err(UserError::taken("input.email", "Another customer has this e-mail address.").into());
        }
        let account = Account::lock(tx, AccountId::Customer(row.id)).await?;
        let account = account.ok_or_else(|| Error::internal("a customer went away"))?;
        let link = NewLink { email: Some(email.address), ..NewLink::to(TokenPurpose::EmailChange) };
        self.links.send(tx, actor, &account, link).await
    }
}

/// A customer who is not erased, kept from others until the transaction ends.
pub async fn lock(tx: &DatabaseTransaction, id: CustomerId, path: &str) -> Result<customer::Model> {
    let row = customer::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    row.filter(|row| row.erased_at.is_none()).ok_or_else(|| UserError::not_found(path, "customer").into())
}

/// Writes a customer that has changed, with its event.
pub async fn finish(
    tx: &DatabaseTransaction,
    actor: &Actor,
    mut row: customer::Model,
    details: impl Into<Details>,
) -> Result<()> {
    let id = row.id;
    row.version += 1;
    row.updated_at = Timestamp::now();
    map_taken(customer::Entity::update(all_set::<customer::Entity, _>(row)).exec_without_returning(tx).await)?;
    event::record(tx, actor, EventType::CustomerUpdated, Aggregate::Customer(id), details).await.map(drop)
}

/// The customer that a mutation is about: one that staff name, or the actor.
pub fn target(actor: &Actor, named: Option<CustomerId>, path: &str) -> Result<CustomerId> {
    let own = actor.customer().map(|customer| customer.id);
    match named {
        Some(id) if own == Some(id) || actor.can(Permission::CustomerWrite) => Ok(id),
        Some(_) => Err(UserError::not_found(path, "customer").into()),
        None => own.ok_or_else(|| UserError::required(path, "The id of the customer").into()),
    }
}

pub fn not_a_customer() -> Error {
    Error::Forbidden("This is for customers who have signed in.".into())
}

fn map_taken<T>(result: std::result::Result<T, sea_orm::DbErr>) -> Result<T> {
    result
        .on_unique("customer_email_key", || {
            UserError::taken("input.email", "Another customer has this e-mail address.")
        })
        .on_unique("customer_external_id_key", || {
            UserError::taken("input.externalId", "Another customer has this external id.")
        })
}

fn select(selection: &CustomerSelection) -> Select<customer::Entity> {
    use customer::Column;
    let CustomerSelection { filter, query, .. } = selection;
    let mut condition = Condition::all()
        .add_option(filter.status.map(is_in))
        .add_option(filter.accepts_marketing.map(|accepts| customer::COLUMN.accepts_marketing.eq(accepts)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)))
        .add_option(filter.group.map(|group| Column::Id.in_subquery(customer_group_member::Entity::members_of(group))));
    if let Some(span) = &filter.created_at {
        condition = condition
            .add_option(span.from.map(|from| Column::CreatedAt.gte(from.0)))
            .add_option(span.to.map(|to| Column::CreatedAt.lte(to.0)));
    }
    if let Some(query) = query.as_deref().map(str::trim).filter(|query| !query.is_empty()) {
        condition = condition.add(begins_with(query));
    }
    customer::Entity::find().filter(condition)
}

/// The address, the family name or both names in either order begin with a text.
fn begins_with(query: &str) -> Condition {
    let (key, name) = (query.to_lowercase(), fold(query));
    let range = |column: customer::Column, text: &str| {
        Condition::all().add(column.gte(text)).add(column.lt(after_prefix(text)))
    };
    let mut found =
        Condition::any().add(range(customer::Column::EmailKey, &key)).add(range(customer::Column::NameKey, &name));
    if let Some((first, last)) = name.rsplit_once(' ') {
        found = found.add(range(customer::Column::NameKey, &format!("{last} {first}")));
    }
    found
}

fn is_in(status: CustomerStatus) -> Condition {
    let all = Condition::all();
    let living = || Condition::all().add(customer::COLUMN.erased_at.is_null());
    match status {
        CustomerStatus::Erased => all.add(customer::Column::ErasedAt.is_not_null()),
        CustomerStatus::Disabled => living().add(customer::COLUMN.is_active.eq(false)),
        CustomerStatus::Unverified => {
            living().add(customer::COLUMN.is_active.eq(true)).add(customer::COLUMN.verified_at.is_null())
        }
        CustomerStatus::Active => {
            living().add(customer::COLUMN.is_active.eq(true)).add(customer::Column::VerifiedAt.is_not_null())
        }
    }
}

/// Sees to it that there are customers of all these ids, who stay until the transaction ends; erased ones do not count, and
/// the first that is missing is named.
pub async fn check_all(tx: &DatabaseTransaction, ids: &[CustomerId], path: &str) -> Result<()> {
    let found = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(customer::COLUMN.id.is_in(ids.iter().copied()))
        .order_by_asc(customer::Column::Id);
    found.lock_shared().into_tuple::<CustomerId>().all(tx).await?;
    // Read again under the lock: somebody may have been erased while this one waited.
    let found = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(customer::COLUMN.id.is_in(ids.iter().copied()))
        .filter(customer::COLUMN.erased_at.is_null());
    let found: Vec<CustomerId> = found.into_tuple().all(tx).await?;
    match ids.iter().position(|id| !found.contains(id)) {
        Some(index) => Err(UserError::not_found(format!("{path}.{index}"), "customer").into()),
        None => Ok(()),
    }
}
