//! A country, or a part of one, that belongs to a zone of taxes.

use sea_orm::entity::prelude::*;

use crate::id::TaxZoneId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_zone_area")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tax_zone_id: TaxZoneId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub country: String,
    pub region: Option<String>,
    /// The first code of a range, or its beginning; there is a last one as well, or neither.
    pub postal_from: Option<String>,
    pub postal_to: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
