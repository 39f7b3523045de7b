//! What fields ask of staff users, a batch at a time.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::staff_user;
use crate::error::SharedError;
use crate::graphql::loader::Batches;
use crate::id::StaffUserId;

/// The staff user of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaffUserKey(pub StaffUserId);

impl Loader<StaffUserKey> for Batches {
    type Value = staff_user::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[StaffUserKey]) -> Result<HashMap<StaffUserKey, Self::Value>, SharedError> {
        let rows = staff_user::Entity::find()
            .filter(staff_user::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (StaffUserKey(row.id), row)).collect())
    }
}
