//! What fields ask of shipping zones, a batch at a time.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::address::Area;
use crate::auth::Permission;
use crate::entity::{channel, shipping_zone, shipping_zone_area, shipping_zone_channel};
use crate::error::SharedError;
use crate::graphql::loader::{Batches, shared};
use crate::id::ShippingZoneId;
use crate::shipping::zone::area;

/// The zone of an id, for those who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ZoneKey(pub ShippingZoneId);

impl Loader<ZoneKey> for Batches {
    type Value = Arc<shipping_zone::Model>;
    type Error = SharedError;

    async fn load(&self, keys: &[ZoneKey]) -> Result<HashMap<ZoneKey, Self::Value>, SharedError> {
        if !self.actor.can(Permission::ShippingRead) {
            return Ok(HashMap::new());
        }
        let rows = shipping_zone::Entity::find()
            .filter(shipping_zone::COLUMN.id.is_in(keys.iter().map(|key| key.0)))
            .all(self.db.reader())
            .await?;
        Ok(rows.into_iter().map(|row| (ZoneKey(row.id), Arc::new(row))).collect())
    }
}

/// The areas of a zone, in the order in which they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AreasOf(pub ShippingZoneId);

impl Loader<AreasOf> for Batches {
    type Value = Arc<Vec<Area>>;
    type Error = SharedError;

    async fn load(&self, keys: &[AreasOf]) -> Result<HashMap<AreasOf, Self::Value>, SharedError> {
        let rows = shipping_zone_area::Entity::find()
            .filter(shipping_zone_area::COLUMN.shipping_zone_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(shipping_zone_area::Column::Position)
            .all(self.db.reader())
            .await?;
        Ok(shared(rows.into_iter().map(|row| (AreasOf(row.shipping_zone_id), area::read(row)))))
    }
}

/// The channels that a zone serves, in the alphabet of their slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServedBy(pub ShippingZoneId);

impl Loader<ServedBy> for Batches {
    type Value = Arc<Vec<Arc<channel::Model>>>;
    type Error = SharedError;

    async fn load(&self, keys: &[ServedBy]) -> Result<HashMap<ServedBy, Self::Value>, SharedError> {
        let rows = shipping_zone_channel::Entity::find()
            .join(JoinType::InnerJoin, shipping_zone_channel::Entity::to_channel())
            .select_also(channel::Entity)
            .filter(shipping_zone_channel::COLUMN.shipping_zone_id.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(channel::Column::Slug)
            .all(self.db.reader())
            .await?;
        let served = rows.into_iter();
        Ok(shared(served.filter_map(|(link, channel)| Some((ServedBy(link.shipping_zone_id), Arc::new(channel?))))))
    }
}
