//! What a variant holds, and what a fixed amount of it costs: the unit price that Directive 98/6/EC, Article 3, asks
//! shops in the European Union to show beside the price.
//!
//! Amounts are whole millionths of a unit, so that every step is exact and the unit price is rounded once.

pub mod graphql;

use std::fmt;

use serde::Serialize;

use crate::catalog::variant::input::MeasureInput;
use crate::checks::Checks;
use crate::entity::measure_unit::MeasureUnit;
use crate::entity::product_variant;
use crate::error::UserError;
use crate::money;
use crate::patch::Patch;

const MICRO: i64 = 1_000_000;
const DECIMAL_PLACES: usize = 6;
const MAX_UNITS: i64 = 1_000_000;

/// An amount of something, above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// Millionths of the unit.
    pub micro: i64,
    pub unit: MeasureUnit,
}

/// What is measured. Amounts of one dimension can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Weight,
    Volume,
    Length,
    Area,
    Number,
}

/// What a unit measures, and how many of the dimension's smallest unit it is.
const fn scale(unit: MeasureUnit) -> (Dimension, i64) {
    match unit {
        MeasureUnit::Mg => (Dimension::Weight, 1),
        MeasureUnit::G => (Dimension::Weight, 1_000),
        MeasureUnit::Kg => (Dimension::Weight, 1_000_000),
        MeasureUnit::Ml => (Dimension::Volume, 1),
        MeasureUnit::Cl => (Dimension::Volume, 10),
        MeasureUnit::L => (Dimension::Volume, 1_000),
        MeasureUnit::M3 => (Dimension::Volume, 1_000_000),
        MeasureUnit::Cm => (Dimension::Length, 1),
        MeasureUnit::M => (Dimension::Length, 100),
        MeasureUnit::M2 => (Dimension::Area, 1),
        MeasureUnit::Piece => (Dimension::Number, 1),
    }
}

impl Measure {
    /// From the two columns of a row.
    fn of(micro: Option<i64>, unit: Option<MeasureUnit>) -> Option<Self> {
        Some(Self { micro: micro?, unit: unit? })
    }

    /// Checks an input at its place; `None` where it is refused.
    pub fn read(checks: &mut Checks, field: &str, input: &MeasureInput) -> Option<Self> {
        let micro = micro(&input.amount.0).filter(|micro| (1..=MAX_UNITS * MICRO).contains(micro));
        if micro.is_none() {
            let message = format!(
                "An amount is above zero and at most {MAX_UNITS}, with at most {DECIMAL_PLACES} decimal places."
            );
            checks.push(UserError::invalid(checks.path(&format!("{field}.amount")), message));
        }
        Some(Self { micro: micro?, unit: input.unit })
    }

    /// One of what the law names for the dimension of a unit.
    pub const fn usual_reference(unit: MeasureUnit) -> Self {
        let unit = match scale(unit).0 {
            Dimension::Weight => MeasureUnit::Kg,
            Dimension::Volume => MeasureUnit::L,
            Dimension::Length => MeasureUnit::M,
            Dimension::Area => MeasureUnit::M2,
            Dimension::Number => MeasureUnit::Piece,
        };
        Self { micro: MICRO, unit }
    }

    fn is_comparable(self, other: Self) -> bool {
        scale(self.unit).0 == scale(other.unit).0
    }

    /// Millionths of the dimension's smallest unit.
    fn smallest(self) -> i128 {
        i128::from(self.micro) * i128::from(scale(self.unit).1)
    }
}

impl product_variant::Model {
    /// What it holds.
    pub fn content(&self) -> Option<Measure> {
        Measure::of(self.content_micro, self.content_unit)
    }

    /// Per how much of its content the unit price is told, where that is not the usual amount.
    pub fn unit_price_reference(&self) -> Option<Measure> {
        Measure::of(self.reference_micro, self.reference_unit)
    }
}

/// The number of units as a plain decimal without needless zeros.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.micro / MICRO, self.micro % MICRO);
        let fraction = format!("{fraction:0DECIMAL_PLACES$}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            fraction => write!(f, "{whole}.{fraction}"),
        }
    }
}

/// What the reference costs where `content` costs the price, in minor units and rounded half away from zero; `None`
/// where the two cannot be compared or the result is too large.
pub fn unit_price(price_minor: i64, content: Measure, reference: Measure) -> Option<i64> {
    if !content.is_comparable(reference) {
        return None;
    }
    let dividend = i128::from(price_minor).checked_mul(reference.smallest())?;
    i64::try_from(money::divide_rounded(dividend, content.smallest())?).ok()
}

/// What content and reference must keep to between them.
pub fn check(checks: &mut Checks, content: Option<Measure>, reference: Option<Measure>) {
    match (content, reference) {
        (None, Some(_)) => {
            let message = "A unit price needs the content; give both, or leave the reference out.";
            checks.push(UserError::required(checks.path("content"), "").with_message(message));
        }
        (Some(content), Some(reference)) if !content.is_comparable(reference) => {
            let message =
                "The reference is told in a unit of the same kind as the content, such as grams and kilograms.";
            checks.push(UserError::invalid(checks.path("unitPriceReference.unit"), message));
        }
        _ => {}
    }
}

/// Content and reference after an update. Without content there is no reference, unless one is given all the same.
pub fn apply(
    checks: &mut Checks,
    before: (Option<Measure>, Option<Measure>),
    content: Patch<MeasureInput>,
    reference: Patch<MeasureInput>,
) -> (Option<Measure>, Option<Measure>) {
    let mut is_refused = false;
    let mut read = |field: &str, patch: Patch<MeasureInput>, before: Option<Measure>| match patch {
        Patch::Keep => before,
        Patch::Clear => None,
        Patch::Set(input) => {
            let measure = Measure::read(checks, field, &input);
            is_refused |= measure.is_none();
            measure
        }
    };
    let is_given = matches!(reference, Patch::Set(_));
    let content = read("content", content, before.0);
    let reference = read("unitPriceReference", reference, before.1).filter(|_| is_given || content.is_some());
    if !is_refused {
        check(checks, content, reference);
    }
    (content, reference)
}

/// A plain decimal in millionths; `None` where it has more decimal places or is too large.
fn micro(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (kept, rest) = fraction.split_at_checked(DECIMAL_PLACES).unwrap_or((fraction, ""));
    if rest.bytes().any(|byte| byte != b'0') {
        return None;
    }
    format!("{whole}{kept:0<DECIMAL_PLACES$}").parse().ok()
}

#[cfg(test)]
mod tests;
