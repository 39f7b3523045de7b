//! What share of a price is due as tax in a zone, for one class and for a time.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::{TaxClassId, TaxRateId, TaxZoneId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxRateId,
    pub tax_zone_id: TaxZoneId,
    /// `None` for the rate of what has no class, and of classes that have none of their own.
    pub tax_class_id: Option<TaxClassId>,
    pub name: String,
    pub rate_millionths: i64,
    /// The first instant at which it holds.
    pub starts_at: Option<Timestamp>,
    /// The first instant at which it holds no more.
    pub ends_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
