//! Those who run the shop, as they see themselves and each other.

use async_graphql::{Context, Enum, ID, Object, Result};

use crate::entity::staff_user;
use crate::graphql::connection::connection;
use crate::graphql::context::ContextExt;
use crate::graphql::page;
use crate::graphql::prompt::Prompt;
use crate::graphql::scalar::{DateTime, LanguageCode, date_time};
use crate::staff::input::StaffUserFilter;
use crate::staff::role::graphql::Role;
use crate::staff::role::loader::RolesOf;

/// Whether a person can come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum StaffUserStatus {
    /// Was invited and has chosen no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Is not let in.
    Deactivated,
}

/// Whoever reaches one may see all of it: it is oneself, or one has the right to see who runs the shop.
#[derive(Clone)]
pub struct StaffUser(pub staff_user::Model);

/// A person who runs the shop.
#[Object]
impl StaffUser {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The e-mail address to sign in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether the person can come in.
    async fn status(&self) -> StaffUserStatus {
        match (self.0.is_active, self.0.password_hash.is_empty()) {
            (false, _) => StaffUserStatus::Deactivated,
            (true, true) => StaffUserStatus::Invited,
            (true, false) => StaffUserStatus::Active,
        }
    }

    /// What the person may do, in the alphabet of the roles' names.
    #[graphql(complexity = "page::of_list(page::LIST_SIZE, child_complexity)")]
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let rows = ctx.loader().load_one(RolesOf(self.0.id)).await?.unwrap_or_default();
        ctx.admit(rows.len())?;
        Ok(rows.iter().cloned().map(Role).collect())
    }

    /// The language in which mails are written to the person; null for that of the default channel.
    async fn language(&self) -> Option<LanguageCode> {
        self.0.language.clone().map(LanguageCode)
    }

    /// When the person was invited, or the account made.
    async fn created_at(&self) -> DateTime {
        date_time(self.0.created_at)
    }

    /// When the account was last changed.
    async fn updated_at(&self) -> DateTime {
        date_time(self.0.updated_at)
    }

    /// Counts the changes; give it as `expectedVersion` to change only what you have read.
    async fn version(&self) -> i32 {
        i32::try_from(self.0.version).unwrap_or(i32::MAX)
    }
}

impl Prompt for StaffUser {}

connection!(
    /// A page of staff users.
    StaffUserConnection,
    StaffUserEdge,
    StaffUser,
    StaffUserCount
);

/// Counts the staff users of a list.
pub struct StaffUserCount(pub StaffUserFilter);

impl StaffUserCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.app().staff.count(&self.0).await?)
    }
}
