//! A part of the world that belongs to a shipping zone.

use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use crate::id::ShippingZoneId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_zone_area")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipping_zone_id: ShippingZoneId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub country: String,
    pub region: Option<String>,
    /// There as well as the end, or neither.
    pub postal_from: Option<String>,
    pub postal_to: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The zones with an area in a country, for use inside another statement.
    pub fn zones_in(country: &str) -> sea_orm::sea_query::SelectStatement {
        Self::find().select_only().column(Column::ShippingZoneId).filter(COLUMN.country.eq(country)).into_query()
    }
}
