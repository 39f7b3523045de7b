//! How a rate shall stand, checked and free of any wire format.

use serde::{Serialize, Serializer};

use crate::checks::Checks;
use crate::clock::Timestamp;
use crate::entity::tax_rate;
use crate::error::UserError;
use crate::id::TaxClassId;
use crate::pricing::Rate;
use crate::tax::rate::input::{TaxRateCreateInput, TaxRateUpdateInput};

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    pub tax_class: Option<TaxClassId>,
    pub name: String,
    #[serde(serialize_with = "percentage")]
    pub percentage: Rate,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
}

impl Spec {
    pub fn from_input(checks: &mut Checks, input: TaxRateCreateInput) -> Self {
        let spec = Self {
            tax_class: input.tax_class,
            name: checks.name("name", &input.name, "A name"),
            percentage: checks.percentage("percentage", &input.percentage, Rate::WHOLE),
            starts_at: input.starts_at.map(|instant| instant.0),
            ends_at: input.ends_at.map(|instant| instant.0),
        };
        spec.check_span(checks);
        spec
    }

    /// How it stands.
    pub fn of(row: &tax_rate::Model) -> Self {
        Self {
            tax_class: row.tax_class_id,
            name: row.name.clone(),
            percentage: Rate::from_millionths(row.rate_millionths),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }

    pub fn apply(self, checks: &mut Checks, input: TaxRateUpdateInput) -> Self {
        let percentage = checks.needed("percentage", input.percentage);
        let spec = Self {
            tax_class: input.tax_class.apply(self.tax_class),
            name: checks.needed("name", input.name).map_or(self.name, |name| checks.name("name", &name, "A name")),
            percentage: percentage
                .map_or(self.percentage, |given| checks.percentage("percentage", &given, Rate::WHOLE)),
            starts_at: input.starts_at.map(|instant| instant.0).apply(self.starts_at),
            ends_at: input.ends_at.map(|instant| instant.0).apply(self.ends_at),
        };
        spec.check_span(checks);
        spec
    }

    pub fn write(&self, row: tax_rate::Model) -> tax_rate::Model {
        tax_rate::Model {
            tax_class_id: self.tax_class,
            name: self.name.clone(),
            rate_millionths: self.percentage.millionths(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            ..row
        }
    }

    fn check_span(&self, checks: &mut Checks) {
        if self.starts_at.zip(self.ends_at).is_some_and(|(start, end)| start >= end) {
            checks.push(UserError::invalid(checks.path("endsAt"), "The rate ends before it begins."));
        }
    }

    /// Whether both are for one class and hold at one instant.
    pub fn clashes_with(&self, other: &Self) -> bool {
        let ends_before =
            |one: &Self, other: &Self| one.ends_at.zip(other.starts_at).is_some_and(|(end, start)| end <= start);
        self.tax_class == other.tax_class && !ends_before(self, other) && !ends_before(other, self)
    }
}

fn percentage<S: Serializer>(rate: &Rate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(span: (Option<i64>, Option<i64>)) -> Spec {
        Spec {
            tax_class: None,
            name: "VAT".to_owned(),
            percentage: Rate::ZERO,
            starts_at: span.0.map(Timestamp::from_micros),
            ends_at: span.1.map(Timestamp::from_micros),
        }
    }

    #[test]
    fn rates_that_follow_each_other_do_not_clash() {
        for (one, other, clash) in [
            ((None, None), (None, None), true),
            ((None, Some(5)), (Some(5), None), false),
            ((None, Some(6)), (Some(5), None), true),
            ((Some(1), Some(3)), (Some(3), Some(5)), false),
            ((Some(1), Some(9)), (Some(3), Some(5)), true),
            ((Some(3), None), (None, Some(2)), false),
            ((Some(3), Some(4)), (None, None), true),
        ] {
            assert_eq!(spec(one).clashes_with(&spec(other)), clash, "{one:?} {other:?}");
            assert_eq!(spec(other).clashes_with(&spec(one)), clash, "{other:?} {one:?}");
        }
    }

    #[test]
    fn rates_of_several_classes_do_not_clash() {
        let of_class = Spec { tax_class: Some(TaxClassId::generate()), ..spec((None, None)) };

        assert!(!of_class.clashes_with(&spec((None, None))));
        assert!(of_class.clashes_with(&of_class));
    }
}
