//! Counts of stock, by CSV.
//!
//! What other systems write besides is understood: where a count is left empty, or a variant is "not stocked" at a
//! location, the level stays as it is.

use std::collections::HashMap;
use std::io::Read;

use sea_orm::DatabaseTransaction;

use crate::auth::Actor;
use crate::error::{Result, UserError};
use crate::id::StockLocationId;
use crate::stock::{self, Count, Place, Units};
use crate::text::fold;
use crate::transfer::import::{ImportService, Outcome, Progress, Summary};
use crate::transfer::known_by_sku::KnownBySku;
use crate::transfer::line::{Kind, Line};
use crate::transfer::line_import::{self, Apply};
use crate::transfer::table::{Cell, Column, Header, Names, RowError, RowReading, cell};

/// What the ledger gives as the reason.
const REASON: &str = "import";

/// How a file of counts is imported.
#[derive(Clone, Debug, Default)]
pub struct StockImportOptions {
    /// The name of the location where the units lie that no line places elsewhere; the default location if absent.
    pub location: Option<String>,
    /// Do everything, then undo it.
    pub is_dry_run: bool,
}

impl ImportService {
    /// Sets levels to what was counted. Fails as a whole only if there is no such location or the database is gone.
    pub async fn import_stock(
        &self,
        actor: &Actor,
        file: impl Read + Send + 'static,
        options: &StockImportOptions,
        observe: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        let rows = stock::locations(self.db.reader()).await?;
        let is_meant = |name_key: &str, is_default: bool| match &options.location {
            Some(name) => fold(name) == name_key,
            None => is_default,
        };
        let usual = rows.iter().find(|row| is_meant(&row.name_key, row.is_default));
        let usual = usual.ok_or_else(|| UserError::not_found("location", "location"))?.name_key.clone();
        let locations = rows.into_iter().map(|row| (row.name_key, row.id)).collect();
        let target = Target { actor, locations, usual: usual.clone() };
        line_import::run(&self.db, (Counts { usual }, file), &target, options.is_dry_run, observe).await
    }
}

#[derive(Clone, Copy)]
enum CountColumn {
    Sku,
    OnHand,
    Available,
    Location,
}

impl Column for CountColumn {
    const NAMES: Names<Self> = &[
        (Self::Sku, &["SKU", "Variant SKU"]),
        (Self::OnHand, &["On hand", "On hand (new)", "Variant Inventory Qty", "Inventory quantity"]),
        (Self::Available, &["Available"]),
        (Self::Location, &["Location"]),
    ];

    const REQUIRED: &'static [Self] = &[Self::Sku];

    fn place(self) -> usize {
        self as usize
    }
}

struct Counts {
    /// The folded name of the location that is meant where a line has none.
    usual: String,
}

struct CountLine {
    /// `None` leaves the level as it is.
    units: Option<Units>,
    location: Option<String>,
}

impl Kind for Counts {
    type Column = CountColumn;
    type Value = CountLine;

    const SKU: CountColumn = CountColumn::Sku;

    fn check(&self, header: &Header<CountColumn>) -> Result<(), String> {
        match (header.has(CountColumn::OnHand), header.has(CountColumn::Available)) {
            (false, false) => Err("The required column On hand, or else Available, is missing from the header; the \
                                   first line must name the columns."
                .to_owned()),
            (true, true) => Err("The header has both On hand and Available, which say the same in two ways; remove \
                                 one of them."
                .to_owned()),
            _ => Ok(()),
        }
    }

    fn read(&self, row: &mut RowReading<'_, CountColumn>) -> CountLine {
        let on_hand = units(row, CountColumn::OnHand).map(Units::OnHand);
        CountLine {
            units: on_hand.or_else(|| units(row, CountColumn::Available).map(Units::Available)),
            location: row.read(CountColumn::Location, cell::text).value(),
        }
    }

    fn distinction(&self, line: &CountLine) -> String {
        line.location.as_deref().map_or_else(|| self.usual.clone(), fold)
    }
}

fn units(row: &mut RowReading<'_, CountColumn>, column: CountColumn) -> Option<i64> {
    let is_elsewhere = matches!(row.get(column), Cell::Value(text) if text.eq_ignore_ascii_case("not stocked"));
    let units = |text: &str| match cell::integer(text)? {
        // What is available may be less than nothing, as far as units are promised.
        units if units < 0 && matches!(column, CountColumn::OnHand) => Err(out_of_range()),
        units if units > i64::from(i32::MAX) => Err(out_of_range()),
        units => Ok(units),
    };
    if is_elsewhere { None } else { row.read(column, units).value() }
}

fn out_of_range() -> String {
    format!("The number of units is between 0 and {}.", i32::MAX)
}

/// For whom and where units are counted.
struct Target<'a> {
    actor: &'a Actor,
    /// By their folded names.
    locations: HashMap<String, StockLocationId>,
    usual: String,
}

impl Apply<CountLine> for Target<'_> {
    async fn apply(
        &self,
        tx: &DatabaseTransaction,
        lines: &[Line<CountLine>],
    ) -> Result<Vec<Result<Outcome, RowError>>> {
        let known = KnownBySku::lock(tx, lines).await?;
        let places = lines.iter().map(|line| {
            let variant = known.get(line)?.variant;
            Ok(Place { variant, location: self.location(line)? })
        });
        let places: Vec<Result<Place, RowError>> = places.collect();
        let count = |(line, place): (&Line<CountLine>, &Result<Place, RowError>)| {
            Some(Count { place: *place.as_ref().ok()?, units: line.value.units? })
        };
        let counts: Vec<Count> = lines.iter().zip(&places).filter_map(count).collect();
        let mut counted = stock::count_all(tx, self.actor, &counts, REASON).await?.into_iter();
        let outcome = |(line, place): (&Line<CountLine>, Result<Place, RowError>)| {
            place?;
            let is_changed = line.value.units.and_then(|_| counted.next());
            match is_changed {
                None | Some(Some(false)) => Ok(Outcome::Unchanged),
                Some(Some(true)) => Ok(Outcome::Updated),
                Some(None) => Err(line.refuse(out_of_range())),
            }
        };
        Ok(lines.iter().zip(places).map(outcome).collect())
    }
}

impl Target<'_> {
    fn location(&self, line: &Line<CountLine>) -> Result<StockLocationId, RowError> {
        let name = line.value.location.as_deref();
        let location = self.locations.get(&name.map_or_else(|| self.usual.clone(), fold)).copied();
        location.ok_or_else(|| {
            line.refuse(format!("The shop has no location “{}”; correct the name.", name.unwrap_or(&self.usual)))
        })
    }
}
