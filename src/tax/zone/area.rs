//! The areas of a zone, as rows and as people write them.

use crate::address::Area;
use crate::entity::tax_zone_area;
use crate::id::TaxZoneId;

pub fn of(row: tax_zone_area::Model) -> Area {
    Area { country: row.country, region: row.region, postal_codes: row.postal_from.zip(row.postal_to) }
}

pub fn rows(zone: TaxZoneId, areas: &[Area]) -> impl Iterator<Item = tax_zone_area::Model> {
    (0_i64..).zip(areas).map(move |(position, area)| {
        let (postal_from, postal_to) = area.postal_codes.clone().unzip();
        tax_zone_area::Model {
            tax_zone_id: zone,
            position,
            country: area.country.clone(),
            region: area.region.clone(),
            postal_from,
            postal_to,
        }
    })
}

/// For the audit log: `DE`, `US-CA` or `DE 10-12`.
pub fn label(area: &Area) -> String {
    let region = area.region.as_ref().map(|region| format!("-{region}")).unwrap_or_default();
    let codes = area.postal_codes.as_ref().map(|(from, to)| format!(" {from}-{to}")).unwrap_or_default();
    format!("{}{region}{codes}", area.country)
}
