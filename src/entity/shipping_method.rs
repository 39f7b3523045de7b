//! A way in which goods come to the addresses of a zone, or are fetched.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::entity::shipping_method_kind::ShippingMethodKind;
use crate::id::{PickupLocationId, ShippingMethodId, ShippingZoneId, TaxClassId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_method")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingMethodId,
    pub shipping_zone_id: ShippingZoneId,
    pub name: String,
    pub description: Option<String>,
    pub kind: ShippingMethodKind,
    /// There exactly where goods are fetched.
    pub pickup_location_id: Option<PickupLocationId>,
    pub position: i64,
    pub is_active: bool,
    /// What it costs, by currency.
    pub rates: Json,
    pub weight_from_grams: Option<i64>,
    pub weight_to_grams: Option<i64>,
    /// The ids of groups. One that was deleted stays, so that what was for few never becomes for all.
    pub customer_groups: Json,
    /// The ids of products.
    pub excluded_products: Json,
    /// There as well as the most, or neither.
    pub min_days: Option<i64>,
    pub max_days: Option<i64>,
    pub tax_class_id: Option<TaxClassId>,
    pub external_id: Option<String>,
    pub metadata: Json,
    pub private_metadata: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The place where goods are fetched, if they are.
    pub fn to_pickup_location() -> RelationDef {
        Self::belongs_to(super::pickup_location::Entity)
            .from(Column::PickupLocationId)
            .to(super::pickup_location::Column::Id)
            .into()
    }
}
