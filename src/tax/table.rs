//! The rates that staff have entered.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::address::{Area, Place};
use crate::clock::Timestamp;
use crate::entity::{tax_rate, tax_zone_area};
use crate::error::Result;
use crate::id::{TaxClassId, TaxZoneId};
use crate::pricing::{Rate, TaxPair};
use crate::tax::provider::TaxProvider;
use crate::tax::question::{Answer, Failure, Question};
use crate::tax::zone::area;

#[derive(Clone, Copy, Debug)]
pub struct Table;

impl TaxProvider for Table {
    async fn rates(&self, db: &impl ConnectionTrait, question: &Question) -> Result<Answer, Failure> {
        let home = Place::of_country(&question.home_country);
        let areas = areas(db, [&home, &question.place]).await?;
        let (home, zone) = (zone_of(&areas, &home), zone_of(&areas, &question.place));
        let rates = rates(db, home.into_iter().chain(zone).collect(), question).await?;
        let pair = |class: Option<TaxClassId>| TaxPair { home: rates.of(home, class), zone: rates.of(zone, class) };
        Ok(question.classes.iter().map(|class| (*class, pair(*class))).collect())
    }
}

/// The areas that can hold one of two places.
async fn areas(db: &impl ConnectionTrait, places: [&Place; 2]) -> Result<Vec<(TaxZoneId, Area)>> {
    use tax_zone_area::Column;
    let regions: BTreeSet<&str> = places.iter().filter_map(|place| place.region.as_deref()).collect();
    let is_near = Condition::any().add(Column::Region.is_null()).add(Column::Region.is_in(regions));
    let countries: BTreeSet<&str> = places.iter().map(|place| place.country.as_str()).collect();
    let rows = tax_zone_area::Entity::find().filter(Column::Country.is_in(countries)).filter(is_near).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.tax_zone_id, area::of(row))).collect())
}

/// The zone that tells most precisely where a place is; of several the oldest, whose id is the least.
fn zone_of(areas: &[(TaxZoneId, Area)], place: &Place) -> Option<TaxZoneId> {
    let holding = areas.iter().filter(|(_, area)| area.contains(place));
    holding.min_by_key(|(zone, area)| (std::cmp::Reverse(area.precision()), *zone)).map(|(zone, _)| *zone)
}

/// What holds in zones at an instant.
#[derive(Default)]
struct Rates(HashMap<(TaxZoneId, Option<TaxClassId>), Rate>);

impl Rates {
    fn of(&self, zone: Option<TaxZoneId>, class: Option<TaxClassId>) -> Rate {
        let rate = |zone| self.0.get(&(zone, class)).or_else(|| self.0.get(&(zone, None)));
        zone.and_then(rate).copied().unwrap_or_default()
    }
}

async fn rates(db: &impl ConnectionTrait, zones: BTreeSet<TaxZoneId>, question: &Question) -> Result<Rates> {
    use tax_rate::Column;
    if zones.is_empty() {
        return Ok(Rates::default());
    }
    let classes = question.classes.iter().copied().flatten();
    let is_of_class = Condition::any().add(Column::TaxClassId.is_null()).add(Column::TaxClassId.is_in(classes));
    let rows = tax_rate::Entity::find()
        .filter(Column::TaxZoneId.is_in(zones))
        .filter(is_of_class)
        .filter(holds(question.at))
        .all(db)
        .await?;
    let rate = |row: tax_rate::Model| ((row.tax_zone_id, row.tax_class_id), Rate::from_millionths(row.rate_millionths));
    Ok(Rates(rows.into_iter().map(rate).collect()))
}

/// From the instant at which a rate starts until right before the one at which it ends.
fn holds(at: Timestamp) -> Condition {
    use tax_rate::Column;
    let has_begun = Condition::any().add(Column::StartsAt.is_null()).add(Column::StartsAt.lte(at));
    let has_not_ended = Condition::any().add(Column::EndsAt.is_null()).add(Column::EndsAt.gt(at));
    Condition::all().add(has_begun).add(has_not_ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(region: Option<&str>, codes: Option<(&str, &str)>) -> Area {
        Area {
            country: "DE".to_owned(),
            region: region.map(str::to_owned),
            postal_codes: codes.map(|(from, to)| (from.to_owned(), to.to_owned())),
        }
    }

    #[test]
    fn the_most_precise_area_names_the_zone_and_of_several_the_oldest() {
        let [first, second, third] = [(); 3].map(|()| TaxZoneId::generate());
        let areas = [
            (third, area(None, None)),
            (second, area(None, None)),
            (second, area(Some("BE"), None)),
            (first, area(None, Some(("10", "12")))),
        ];
        let place = |region: Option<&str>, code: Option<&str>| Place {
            country: "DE".to_owned(),
            region: region.map(str::to_owned),
            postal_code: code.map(str::to_owned),
        };

        assert_eq!(zone_of(&areas, &place(None, None)), Some(second));
        assert_eq!(zone_of(&areas, &place(Some("BE"), Some("20095"))), Some(second));
        assert_eq!(zone_of(&areas, &place(Some("BE"), Some("10115"))), Some(first));
        assert_eq!(zone_of(&areas[..1], &place(Some("BE"), None)), Some(third));
        assert_eq!(zone_of(&areas, &Place::of_country("AT")), None);
    }
}
