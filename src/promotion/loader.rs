//! What fields ask of promotions, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Permission;
use crate::entity::{channel, promotion, promotion_channel};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{PromotionCodeId, PromotionId};
use crate::promotion::uses::{self, Question, User};

/// The promotion of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PromotionKey(pub PromotionId);

impl Loader<PromotionKey> for Batches {
    type Value = Arc<promotion::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[PromotionKey]) -> Result<HashMap<PromotionKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::PromotionRead) {
            return Ok(HashMap::new());
        }
        let rows = promotion::Entity::find()
            .filter(promotion::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (PromotionKey(row.id), Arc::new(row))).collect())
    }
}

/// The channels of a promotion, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChannelsOf(pub PromotionId);

impl Loader<ChannelsOf> for Batches {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ChannelsOf]) -> Result<HashMap<ChannelsOf, Self::Value>, SharedError> {
        let rows = promotion_channel::Entity::find()
            .join(JoinType::InnerJoin, promotion_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(promotion_channel::COLUMN.promotion_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        let pairs = rows.into_iter().filter_map(|(link, row)| Some((ChannelsOf(link.promotion_id), Arc::new(row?))));
        Ok(shared(pairs))
    }
}

/// How often a promotion was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UseCountOf(pub PromotionId);

impl Loader<UseCountOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[UseCountOf]) -> Result<HashMap<UseCountOf, i64>, SharedError> {
        let promotions = keys.iter().map(|key| key.0).collect();
        let question = Question { promotions, ..Question::default() };
        let uses = uses::count(self.db.reader(), &question, User::NOBODY).await?;
        Ok(keys.iter().map(|key| (*key, uses.of(key.0))).collect())
    }
}

/// How often a code was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeUseCountOf(pub PromotionCodeId);

impl Loader<CodeUseCountOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[CodeUseCountOf]) -> Result<HashMap<CodeUseCountOf, i64>, SharedError> {
        let codes = keys.iter().map(|key| key.0).collect();
        let question = Question { codes, ..Question::default() };
        let uses = uses::count(self.db.reader(), &question, User::NOBODY).await?;
        Ok(keys.iter().map(|key| (*key, uses.of_code(key.0))).collect())
    }
}
