//! The ways of delivery that lead to a place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use iso_currency::Currency;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};

use crate::address::Place;
use crate::entity::{pickup_location, shipping_method, shipping_zone_area, shipping_zone_channel};
use crate::error::Result;
use crate::id::{ChannelId, ShippingMethodId, ShippingZoneId, TaxClassId};
use crate::pricing::{ShippingMethod, Span, TaxPair};
use crate::shipping::method::document;
use crate::shipping::zone::area;

/// A method with what pricing has to know of it.
#[derive(Clone, Debug)]
pub struct OfferedMethod {
    pub row: Arc<shipping_method::Model>,
    /// Where the goods are fetched, if they are.
    pub pickup: Option<Arc<pickup_location::Model>>,
    /// Its tax is zero until the caller fills it in, by the tax class.
    pub rule: ShippingMethod,
    /// How it is taxed; the default rate where there is none.
    pub tax_class: Option<TaxClassId>,
}

/// The methods that lead to a place from a channel, in the order in which shoppers see them.
///
/// Of the zones that hold the place those count whose areas tell most precisely where it is. A method without a rate in
/// the currency is left out, and so is one whose pick-up location is not active. It takes two statements.
pub async fn offered(
    db: &impl ConnectionTrait,
    channel: ChannelId,
    currency: Currency,
    place: &Place,
) -> Result<Vec<OfferedMethod>> {
    let zones = nearest_zones(db, channel, place).await?;
    if zones.is_empty() {
        return Ok(Vec::new());
    }
    let rows = shipping_method::Entity::find()
        .join(JoinType::LeftJoin, shipping_method::Entity::to_pickup_location())
        .select_also(pickup_location::Entity)
        .filter(shipping_method::COLUMN.shipping_zone_id.is_in(zones))
        .filter(shipping_method::COLUMN.is_active.eq(true))
        .order_by_asc(shipping_method::Column::Position)
        .order_by_asc(shipping_method::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().filter_map(|(row, pickup)| offer(row, pickup, currency).transpose()).collect()
}

/// A method that a shopper has chosen before, if it still is there for shoppers of the channel; whether it leads to
/// their address and takes their cart is another question.
pub async fn find_for_shopper(
    db: &impl ConnectionTrait,
    channel: ChannelId,
    id: ShippingMethodId,
) -> Result<Option<shipping_method::Model>> {
    let method = shipping_method::Entity::find_by_id(id)
        .filter(shipping_method::COLUMN.is_active.eq(true))
        .filter(shipping_method::Column::ShippingZoneId.in_subquery(shipping_zone_channel::Entity::zones_of(channel)));
    Ok(method.one(db).await?)
}

async fn nearest_zones(
    db: &impl ConnectionTrait,
    channel: ChannelId,
    place: &Place,
) -> Result<BTreeSet<ShippingZoneId>> {
    use shipping_zone_area::Column;
    let serving = shipping_zone_channel::Entity::zones_of(channel);
    let rows = shipping_zone_area::Entity::find()
        .filter(Column::Country.eq(place.country.as_str()))
        .filter(Column::ShippingZoneId.in_subquery(serving))
        .all(db)
        .await?;
    let mut by_precision: BTreeMap<u8, BTreeSet<ShippingZoneId>> = BTreeMap::new();
    for row in rows {
        let (zone, area) = (row.shipping_zone_id, area::read(row));
        if area.contains(place) {
            by_precision.entry(area.precision()).or_default().insert(zone);
        }
    }
    Ok(by_precision.pop_last().map(|(_, zones)| zones).unwrap_or_default())
}

fn offer(
    row: shipping_method::Model,
    pickup: Option<pickup_location::Model>,
    currency: Currency,
) -> Result<Option<OfferedMethod>> {
    if pickup.as_ref().is_some_and(|location| !location.is_active) {
        return Ok(None);
    }
    let Some(rate) = document::rates(&row)?.take(currency) else { return Ok(None) };
    let rule = ShippingMethod {
        id: row.id,
        rates: rate.table,
        free_from: rate.free_from,
        price: rate.price,
        weight: Span { from: row.weight_from_grams, to: row.weight_to_grams },
        groups: document::customer_groups(&row)?,
        excluded_products: document::excluded_products(&row)?,
        tax: TaxPair::default(),
    };
    let tax_class = row.tax_class_id;
    Ok(Some(OfferedMethod { row: Arc::new(row), pickup: pickup.map(Arc::new), rule, tax_class }))
}
