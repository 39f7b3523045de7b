//! What fields ask of API tokens, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Permission;
use crate::entity::{api_token, api_token_channel, api_token_permission, channel};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::ApiTokenId;

/// The API token of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ApiTokenKey(pub ApiTokenId);

impl Loader<ApiTokenKey> for Batches {
    type Value = api_token::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[ApiTokenKey]) -> Result<HashMap<ApiTokenKey, Self::Value>, SharedError> {
        let rows = api_token::Entity::find()
            .filter(api_token::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (ApiTokenKey(row.id), row)).collect())
    }
}

/// What an API token may do, in the order in which permissions are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PermissionsOf(pub ApiTokenId);

impl Loader<PermissionsOf> for Batches {
    type Value = Arc<Vec<Permission>>;
    type Error = SharedError;

    async fn load(&self, keys: &[PermissionsOf]) -> Result<HashMap<PermissionsOf, Self::Value>, SharedError> {
        let mut rows = api_token_permission::Entity::find()
            .filter(api_token_permission::COLUMN.api_token_id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        rows.sort_unstable_by_key(|row| row.permission);
        Ok(shared(rows.into_iter().map(|row| (PermissionsOf(row.api_token_id), row.permission))))
    }
}

/// The channels that an API token is limited to, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChannelsOf(pub ApiTokenId);

impl Loader<ChannelsOf> for Batches {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChannelsOf]) -> Result<HashMap<ChannelsOf, Self::Value>, SharedError> {
        let rows = api_token_channel::Entity::find()
            .join(JoinType::InnerJoin, api_token_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(api_token_channel::COLUMN.api_token_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        let named = |(row, channel): (api_token_channel::Model, Option<_>)| {
            Some((ChannelsOf(row.api_token_id), Arc::new(channel?)))
        };
        Ok(shared(rows.into_iter().filter_map(named)))
    }
}
