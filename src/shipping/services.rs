//! What the server has of this capability.

use crate::db::Db;
use crate::shipping::{PickupLocationService, ShippingMethodService, ShippingZoneService};

/// What staff enter about delivery.
pub struct ShippingServices {
    pub zones: ShippingZoneService,
    pub methods: ShippingMethodService,
    pub pickup_locations: PickupLocationService,
}

impl ShippingServices {
    pub fn new(db: &Db) -> Self {
        Self {
            zones: ShippingZoneService::new(db.clone()),
            methods: ShippingMethodService::new(db.clone()),
            pickup_locations: PickupLocationService::new(db.clone()),
        }
    }
}
