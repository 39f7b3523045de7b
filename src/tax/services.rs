//! What the server has of this capability.

use crate::config::TaxProviderConfig;
use crate::db::Db;
use crate::error::Result;
use crate::tax::{TaxClassService, TaxRateService, TaxZoneService, Taxes};

/// What staff enter about taxes, and who tells the rates that come of it.
pub struct TaxServices {
    pub provider: Taxes,
    pub classes: TaxClassService,
    pub zones: TaxZoneService,
    pub rates: TaxRateService,
}

impl TaxServices {
    pub fn new(db: &Db, config: Option<&TaxProviderConfig>) -> Result<Self> {
        Ok(Self {
            provider: Taxes::new(config)?,
            classes: TaxClassService::new(db.clone()),
            zones: TaxZoneService::new(db.clone()),
            rates: TaxRateService::new(db.clone()),
        })
    }
}
