//! What fields ask of zones of taxes, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::auth::Permission;
use crate::entity::{tax_rate, tax_zone, tax_zone_area};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::TaxZoneId;

/// The zone of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxZoneKey(pub TaxZoneId);

impl Loader<TaxZoneKey> for Batches {
    type Value = Arc<tax_zone::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[TaxZoneKey]) -> Result<HashMap<TaxZoneKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::TaxRead) {
            return Ok(HashMap::new());
        }
        let rows = tax_zone::Entity::find()
            .filter(tax_zone::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (TaxZoneKey(row.id), Arc::new(row))).collect())
    }
}

/// What belongs to a zone, in the order in which it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxAreasOf(pub TaxZoneId);

impl Loader<TaxAreasOf> for Batches {
    type Value = Arc<Vec<tax_zone_area::Model>>;
    type Error = SharedError;

    async fn load(&self, keys: &[TaxAreasOf]) -> Result<HashMap<TaxAreasOf, Self::Value>, SharedError> {
        let rows = tax_zone_area::Entity::find()
            .filter(tax_zone_area::COLUMN.tax_zone_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(tax_zone_area::Column::Position)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (TaxAreasOf(row.tax_zone_id), row))))
    }
}

/// The rates of a zone, the oldest entry first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxRatesOf(pub TaxZoneId);

impl Loader<TaxRatesOf> for Batches {
    type Value = Arc<Vec<Arc<tax_rate::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[TaxRatesOf]) -> Result<HashMap<TaxRatesOf, Self::Value>, SharedError> {
        let rows = tax_rate::Entity::find()
            .filter(tax_rate::COLUMN.tax_zone_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(tax_rate::Column::Id)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (TaxRatesOf(row.tax_zone_id), Arc::new(row)))))
    }
}
