//! The areas of zones as their table keeps them.

use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use crate::address::Area;
use crate::entity::shipping_zone_area as row;
use crate::error::Result;
use crate::id::ShippingZoneId;

/// What a row says.
pub fn read(row: row::Model) -> Area {
    Area { country: row.country, region: row.region, postal_codes: row.postal_from.zip(row.postal_to) }
}

/// The areas of a zone, in the order in which they were given.
pub async fn of(tx: &DatabaseTransaction, zone: ShippingZoneId) -> Result<Vec<Area>> {
    let rows = row::Entity::find().filter(row::COLUMN.shipping_zone_id.eq(zone));
    Ok(rows.order_by_asc(row::Column::Position).all(tx).await?.into_iter().map(read).collect())
}

/// Gives a zone these areas in the place of those that it has.
pub async fn replace(tx: &DatabaseTransaction, zone: ShippingZoneId, areas: &[Area]) -> Result<()> {
    row::Entity::delete_many().filter(row::COLUMN.shipping_zone_id.eq(zone)).exec(tx).await?;
    let rows = (0_i64..).zip(areas).map(|(position, area)| {
        let (from, to) = area.postal_codes.clone().unzip();
        row::ActiveModel {
            shipping_zone_id: Set(zone),
            position: Set(position),
            country: Set(area.country.clone()),
            region: Set(area.region.clone()),
            postal_from: Set(from),
            postal_to: Set(to),
        }
    });
    row::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
