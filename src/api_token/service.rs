//! Makes, lists and revokes API tokens.

use std::time::Duration;

use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait};
use sea_orm::{QueryFilter, QuerySelect, Select};
use serde::Serialize;
use serde_json::json;

use crate::account::{API_TOKEN_PREFIX, grants};
use crate::api_token::input::{ApiTokenCreateInput, ApiTokenFilter};
use crate::auth::Actor;
use crate::auth::secret::{hash_secret, random_secret};
use crate::channel::Markets;
use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::db::{Db, all_set};
use crate::entity::{api_token, api_token_channel, api_token_permission};
use crate::error::{Error, Result, UserError};
use crate::event::{self, Aggregate, Details, EventType};
use crate::graphql::page::{Cursor, CursorKey, Page, PageArgs};
use crate::id::ApiTokenId;
use crate::keyset::Keyset;
use crate::staff::delegation;
use crate::staff::mandate::{self, Mandate};
use crate::staff::role::Roles;

const SORT: &str = "created";
/// The longest that a token lasts which ends at all.
const LONGEST: Duration = Duration::from_hours(5 * 366 * 24);
/// By so many characters at its end people know a token again.
const ENDING: usize = 4;

const ORDER: Keyset<api_token::Column> =
    Keyset { key: api_token::Column::CreatedAt, id: api_token::Column::Id, is_text: false, is_descending: true };

/// A token that was made. Its secret is told this once.
pub struct NewToken {
    pub id: ApiTokenId,
    pub secret: String,
}

/// A token as it shall stand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ApiTokenSpec {
    name: String,
    #[serde(flatten)]
    mandate: Mandate,
    expires_at: Option<Timestamp>,
}

#[derive(Clone)]
pub struct ApiTokenService {
    db: Db,
}

impl ApiTokenService {
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn find(&self, id: ApiTokenId) -> Result<Option<api_token::Model>> {
        Ok(api_token::Entity::find_by_id(id).one(self.db.reader()).await?)
    }

    /// One page, the newest first.
    pub async fn list(&self, filter: &ApiTokenFilter, args: &PageArgs) -> Result<Page<api_token::Model>> {
        let request = args.check(SORT)?;
        let rows = ORDER.page(select(filter), &request)?.all(self.db.reader()).await?;
        Ok(Page::new(&request, rows.into_iter().map(|row| (cursor(&row), row)).collect()))
    }

    /// How many there are on all pages.
    pub async fn count(&self, filter: &ApiTokenFilter) -> Result<u64> {
        Ok(select(filter).count(self.db.reader()).await?)
    }

    pub async fn create(&self, actor: &Actor, input: ApiTokenCreateInput) -> Result<NewToken> {
        if matches!(actor, Actor::Token(_)) {
            let message = "An API token makes no other, which would outlive it; a staff user has to.";
            return Err(Error::Forbidden(message.into()));
        }
        let tx = self.db.begin().await?;
        let now = Timestamp::now();
        let markets = if input.channels.is_some() { Some(Markets::share(&tx).await?) } else { None };
        let expires_at = input.expires_at.map(|instant| instant.0);
        let mut checks = Checks::new("input");
        let spec = read(&mut checks, input, markets.as_ref(), now);
        checks.finish()?;
        // Whoever gives rights waits for those who take them.
        Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        delegation::check(actor, &spec.mandate.rights(), "input.permissions")?;
        let (id, secret) = (ApiTokenId::generate(), format!("{API_TOKEN_PREFIX}{}", random_secret()));
        let row = api_token::Model {
            id,
            name: spec.name.clone(),
            hash: hash_secret(&secret),
            ending: secret.chars().skip(secret.len().saturating_sub(ENDING)).collect(),
            is_limited: spec.mandate.channels.is_some(),
            created_by: actor.staff().map(|staff| staff.id),
            expires_at,
            last_used_at: None,
            revoked_at: None,
            created_at: now,
        };
        api_token::Entity::insert(all_set::<api_token::Entity, _>(row)).exec_without_returning(&tx).await?;
        write_mandate(&tx, id, &spec.mandate).await?;
        let details = Details::of_creation(event::nothing(), &spec)?;
        event::record(&tx, actor, EventType::ApiTokenCreated, Aggregate::ApiToken(id), details).await?;
        tx.commit().await?;
        Ok(NewToken { id, secret })
    }

    /// Ends a token at once, on every node; one that was revoked before is left alone.
    pub async fn revoke(&self, actor: &Actor, id: ApiTokenId) -> Result<()> {
        let tx = self.db.begin().await?;
        Roles::take(&tx).await?;
        let actor = &grants::present(&tx, actor).await?;
        let row = api_token::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = row.ok_or_else(|| UserError::not_found("id", "API token"))?;
        delegation::check(actor, &mandate_of(&tx, &row).await?.rights(), "id")?;
        if row.revoked_at.is_some() {
            return Ok(());
        }
        let change =
            api_token::ActiveModel { id: Set(id), revoked_at: Set(Some(Timestamp::now())), ..Default::default() };
        api_token::Entity::update(change).exec_without_returning(&tx).await?;
        let payload = json!({ "name": row.name });
        event::record(&tx, actor, EventType::ApiTokenRevoked, Aggregate::ApiToken(id), payload).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn read(checks: &mut Checks, input: ApiTokenCreateInput, markets: Option<&Markets>, now: Timestamp) -> ApiTokenSpec {
    let slugs = input.channels.as_deref().zip(markets);
    let channels = slugs.map(|(slugs, markets)| mandate::channels(checks, markets, slugs));
    if channels.is_some() {
        Mandate::check_listed(checks, &input.permissions);
    }
    if input.expires_at.is_some_and(|end| end.0 <= now || end.0 > now.after(LONGEST)) {
        let message = "A token ends in the future, at most five years ahead; leave this out for one that does not end.";
        checks.push(UserError::invalid(checks.path("expiresAt"), message));
    }
    ApiTokenSpec {
        name: checks.name("name", &input.name, "A name"),
        mandate: Mandate { permissions: input.permissions.into_iter().collect(), channels },
        expires_at: input.expires_at.map(|end| end.0),
    }
}

async fn mandate_of(tx: &DatabaseTransaction, row: &api_token::Model) -> Result<Mandate> {
    let permissions = api_token_permission::Entity::find()
        .filter(api_token_permission::COLUMN.api_token_id.eq(row.id))
        .all(tx)
        .await?;
    let channels =
        api_token_channel::Entity::find().filter(api_token_channel::COLUMN.api_token_id.eq(row.id)).all(tx).await?;
    Ok(Mandate {
        permissions: permissions.into_iter().map(|row| row.permission).collect(),
        channels: row.is_limited.then(|| channels.into_iter().map(|row| row.channel_id).collect()),
    })
}

async fn write_mandate(tx: &DatabaseTransaction, id: ApiTokenId, mandate: &Mandate) -> Result<()> {
    let permissions = mandate
        .permissions
        .iter()
        .map(|permission| api_token_permission::ActiveModel { api_token_id: Set(id), permission: Set(*permission) });
    api_token_permission::Entity::insert_many(permissions).exec_without_returning(tx).await?;
    let channels = mandate.channels.iter().flatten();
    let channels =
        channels.map(|channel| api_token_channel::ActiveModel { api_token_id: Set(id), channel_id: Set(*channel) });
    api_token_channel::Entity::insert_many(channels).exec_without_returning(tx).await?;
    Ok(())
}

fn select(filter: &ApiTokenFilter) -> Select<api_token::Entity> {
    let now = Timestamp::now();
    let lasts = Condition::any().add(api_token::Column::ExpiresAt.is_null()).add(api_token::Column::ExpiresAt.gt(now));
    let is_good = Condition::all().add(api_token::Column::RevokedAt.is_null()).add(lasts);
    let query = api_token::Entity::find();
    match filter.is_active {
        Some(true) => query.filter(is_good),
        Some(false) => query.filter(is_good.not()),
        None => query,
    }
}

fn cursor(row: &api_token::Model) -> Cursor {
    Cursor { sort: SORT.to_owned(), key: CursorKey::Number(row.created_at.as_micros()), id: row.id.uuid() }
}
