//! What fields ask of classes of goods, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::tax_class;
use crate::error::SharedError;
use crate::graphql::loader::Batches;
use crate::id::TaxClassId;

/// The class of an id that another object refers to. Whether it may be seen is for the field that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxClassKey(pub TaxClassId);

impl Loader<TaxClassKey> for Batches {
    type Value = Arc<tax_class::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[TaxClassKey]) -> Result<HashMap<TaxClassKey, Self::Value>, SharedError> {
        let rows = tax_class::Entity::find()
            .filter(tax_class::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (TaxClassKey(row.id), Arc::new(row))).collect())
    }
}
