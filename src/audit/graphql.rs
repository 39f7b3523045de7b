//! Audit entries as those see them who look after the shop.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use uuid::Uuid;

use crate::api_token::graphql::ApiToken;
use crate::api_token::loader::ApiTokenKey;
use crate::audit::input::AuditEntryFilter;
use crate::audit::service::{self, FieldValues};
use crate::auth::{ActorKind, Permission};
use crate::entity::audit_entry;
use crate::graphql::connection::connection;
use crate::graphql::context::{ContextExt, Guarded, guarded};
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, date_time};
use crate::id::{ApiTokenId, StaffUserId};
use crate::staff::graphql::StaffUser;
use crate::staff::loader::StaffUserKey;

#[derive(Clone)]
pub struct AuditEntry(pub audit_entry::Model);

/// Something that a staff user or another system of the shop did. It is kept also where the object is gone.
#[Object]
impl AuditEntry {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// What was done, such as `product.updated` or `session.started`, as the payloads of webhooks will name it.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// Who did it.
    async fn actor(&self) -> AuditActor {
        AuditActor { kind: self.0.actor_type, id: self.0.actor_id }
    }

    /// What kind of object it was done to, such as `product`: what the ids of its kind begin with.
    async fn object_type(&self) -> &str {
        &self.0.object_type
    }

    /// The id of the object that it was done to, which may be gone by now.
    async fn object(&self) -> ID {
        format!("{}_{}", self.0.object_type, self.0.object_id).into()
    }

    /// The fields that were changed, in the alphabet of their names; empty where the action says it all. Null for who may
    /// not see the object itself: customers and their groups are seen with `CUSTOMER_READ`, gift cards with
    /// `GIFT_CARD_READ`, staff, roles and tokens with `STAFF_READ`.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Option<Vec<FieldChange>>> {
        if service::needed(&self.0).is_some_and(|permission| !ctx.actor().can(permission)) {
            return Ok(None);
        }
        let changes = service::changes(&self.0);
        ctx.admit(changes.len())?;
        Ok(Some(changes.into_iter().map(FieldChange::from).collect()))
    }

    /// The network address that it was done from; null if that is not known.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// When it was done.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }
}

/// A field that was changed. Long values are told by their beginning, and end in "…".
#[derive(SimpleObject)]
pub struct FieldChange {
    /// The name of the field.
    field: String,
    /// What it was, as JSON; null if nothing was there.
    before: Option<String>,
    /// What it became, as JSON; null if nothing is there.
    after: Option<String>,
}

impl From<FieldValues> for FieldChange {
    fn from(FieldValues { field, before, after }: FieldValues) -> Self {
        Self { field, before, after }
    }
}

pub struct AuditActor {
    kind: ActorKind,
    id: Uuid,
}

impl AuditActor {
    fn staff(&self) -> Option<StaffUserId> {
        (self.kind == ActorKind::Staff).then(|| self.id.into())
    }

    fn token(&self) -> Option<ApiTokenId> {
        (self.kind == ActorKind::ApiToken).then(|| self.id.into())
    }
}

/// Who did something.
#[Object]
impl AuditActor {
    /// Whether it was a staff user or another system by its API token.
    async fn kind(&self) -> ActorKind {
        self.kind
    }

    /// The id of the staff user or the API token; give it as `actor` of the filter.
    async fn id(&self) -> ID {
        let staff = self.staff().map(ID::from);
        staff.or_else(|| self.token().map(ID::from)).unwrap_or_else(|| self.id.into())
    }

    /// The present name of the staff user or the API token; null if it is gone.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if let Some(id) = self.staff() {
            return Ok(ctx.loader().load_one(StaffUserKey(id)).await?.map(|row| row.name));
        }
        let Some(id) = self.token() else { return Ok(None) };
        Ok(ctx.loader().load_one(ApiTokenKey(id)).await?.map(|row| row.name))
    }

    /// The staff user; null if it was an API token. Requires `STAFF_READ`.
    async fn staff_user(&self, ctx: &Context<'_>) -> Guarded<StaffUser> {
        let lookup =
            guarded(ctx, Permission::StaffRead, || self.staff().map(|id| ctx.loader().load_one(StaffUserKey(id))));
        match lookup? {
            Ok(row) => row?.await.map(|row| row.map(StaffUser)).transpose(),
            Err(refusal) => Some(Err(refusal)),
        }
    }

    /// The API token; null if it was a staff user. Requires `STAFF_READ`.
    async fn api_token(&self, ctx: &Context<'_>) -> Guarded<ApiToken> {
        let lookup =
            guarded(ctx, Permission::StaffRead, || self.token().map(|id| ctx.loader().load_one(ApiTokenKey(id))));
        match lookup? {
            Ok(row) => row?.await.map(|row| row.map(ApiToken)).transpose(),
            Err(refusal) => Some(Err(refusal)),
        }
    }
}

impl Prompt for AuditEntry {}

connection!(
    /// A page of audit entries.
    AuditEntryConnection,
    AuditEntryEdge,
    AuditEntry,
    AuditEntryCount
);

/// Counts the audit entries of a list.
pub struct AuditEntryCount(pub AuditEntryFilter);

impl AuditEntryCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().audit.count(&self.0).await?)
    }
}
