//! What fields ask of stock, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::auth::Permission;
use crate::entity::{stock_level, stock_location};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::{ProductVariantId, StockLocationId};

/// The units of a variant that are there and promised to nobody, over all locations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AvailableUnitsOf(pub ProductVariantId);

impl Loader<AvailableUnitsOf> for Batches {
    type Value = i64;
    type Error = SharedError;

    async fn load(&self, keys: &[AvailableUnitsOf]) -> Result<HashMap<AvailableUnitsOf, i64>, SharedError> {
        let levels = stock_level::Entity::find()
            .filter(stock_level::COLUMN.variant_id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        let mut units: HashMap<_, i64> = HashMap::new();
        for level in levels {
            let sum = units.entry(AvailableUnitsOf(level.variant_id)).or_default();
            *sum = sum.saturating_add(level.on_hand.saturating_sub(level.allocated));
        }
        Ok(units)
    }
}

/// The levels of a variant with their locations, in the locations' alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StockLevelsOf(pub ProductVariantId);

/// A level and where it is.
pub type LocatedLevel = (stock_level::Model, stock_location::Model);

impl Loader<StockLevelsOf> for Batches {
    type Value = Arc<Vec<LocatedLevel>>;
    type Error = SharedError;

    async fn load(&self, keys: &[StockLevelsOf]) -> Result<HashMap<StockLevelsOf, Self::Value>, SharedError> {
        let rows = stock_level::Entity::find()
            .join(JoinType::InnerJoin, stock_level::Entity::to_location())
            .select_also(stock_location::Entity)
            .filter(stock_level::COLUMN.variant_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(stock_location::Column::NameKey)
            .all(self.db.reader())
            .await?;
        let located = rows.into_iter().filter_map(|(level, location)| Some((level, location?)));
        Ok(shared(located.map(|row| (StockLevelsOf(row.0.variant_id), row))))
    }
}

/// The location of an id, for those who may read stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocationKey(pub StockLocationId);

impl Loader<LocationKey> for Batches {
    type Value = stock_location::Model;
    type Error = SharedError;

    async fn load(&self, keys: &[LocationKey]) -> Result<HashMap<LocationKey, stock_location::Model>, SharedError> {
        if !self.actor.can(Permission::StockRead) {
            return Ok(HashMap::new());
        }
        let rows = stock_location::Entity::find()
            .filter(stock_location::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (LocationKey(row.id), row)).collect())
    }
}
